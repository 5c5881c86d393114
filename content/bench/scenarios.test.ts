import { describe, expect, test } from 'vitest';
import { correlateScenario } from './correlate-scenario.ts';
import { alertsOf } from './scenario.ts';
import { scenarios } from './scenarios.ts';

describe('scenarios with a known grouping', () => {
  test('there are twelve, and each writes the same alerts every time', () => {
    expect(scenarios).toHaveLength(12);
    for (const scenario of scenarios) {
      expect(JSON.stringify(alertsOf(scenario))).toBe(JSON.stringify(alertsOf(scenario)));
      const ids = alertsOf(scenario).map(({ record }) => record.id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    for (const outcome of correlateScenario(scenario)) {
      expect(outcome, scenario.why).toEqual({ ...outcome, incidents: 1, foreign: [] });
    }
  });
});
