import type { Alert } from '@throughline/model';
import { compileRules, type TuneRule, tune } from '@throughline/tune';
import { generateModelAlerts } from '../e2e/generate-alerts.ts';
import { figure, median, printTable } from './table.ts';

const alerts = 5_000;
const rounds = 7;

/** What tuning costs an alert with so many rules, beside parsing the same alert. Every tenth rule is about any alert type. */
export function benchTuning(): void {
  const list = [...generateModelAlerts(alerts, { seed: 1 })];
  const texts = list.map((alert) => JSON.stringify(alert));
  const parse = perAlert(() => {
    for (const text of texts) JSON.parse(text);
  });
  const rows = [0, 10, 100, 1_000].map((count) => {
    const rules = compileRules(Array.from({ length: count }, (_, at) => ruleOf(at, list[at % 50] as Alert)));
    let matched = 0;
    const cost = perAlert(() => {
      matched = 0;
      for (const alert of list) if (tune(rules, alert, () => []) !== null) matched++;
    });
    return [figure(count), figure(cost, 2), figure(cost / parse, 2), figure((matched / alerts) * 100, 1)];
  });
  printTable(
    `Alert tuning, ${figure(alerts)} alerts; JSON.parse of one: ${figure(parse, 2)} µs`,
    ['rules', 'µs per alert', '× JSON.parse', '% matched'],
    rows,
  );
}

function ruleOf(at: number, { serviceSource, detectorId }: Alert): TuneRule {
  return {
    mark: {
      ruleId: at,
      version: 1,
      name: `rule ${at}`,
      action: 'hide',
      by: 'bench',
      comment: '',
      classification: 'unknown',
      determination: 'unknown',
    },
    alertType: at % 10 === 0 ? null : { serviceSource, detectorId: at < 10 ? detectorId : `detector-${at}` },
    deviceGroups: null,
    trigger: 'device',
    conditions: {
      match: 'all',
      items: [
        { property: 'device.name', operator: 'wildcard', values: [`srv-${at}*.example`] },
        { property: 'device.os', operator: 'startsWith', values: ['windows'] },
      ],
    },
  };
}

/** The middle of a few rounds, µs an alert. */
function perAlert(run: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    run();
    return ((performance.now() - started) * 1_000) / alerts;
  });
  return median(times);
}
