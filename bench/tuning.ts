import type { Alert } from '@throughline/model';
import { compileConditions, compileRules, subjectOf, type TuneRule, tune } from '@throughline/tune';
import { generateModelAlerts } from '../e2e/generate-alerts.ts';
import { figure, printTable } from './table.ts';

const alerts = 5_000;
const rounds = 7;
/** Asking every rule is slow: fewer alerts do. */
const naiveAlerts = 500;

/**
 * What tuning costs an alert with so many rules, beside parsing the same alert. Every tenth rule is about any alert type,
 * and asks for evidence only. Beside it, every rule asked one by one.
 */
export function benchTuning(): void {
  const list = [...generateModelAlerts(alerts, { seed: 1 })];
  const texts = list.map((alert) => JSON.stringify(alert));
  const parse = perAlert(() => {
    for (const text of texts) JSON.parse(text);
  });
  const rows = [0, 10, 100, 1_000].map((count) => {
    const all = Array.from({ length: count }, (_, at) => ruleOf(at, list[at % 50] as Alert));
    const rules = compileRules(all);
    const tests = all.map(({ conditions, trigger }) => compileConditions(conditions, trigger));
    let matched = 0;
    const cost = perAlert(() => {
      matched = 0;
      for (const alert of list) if (tune(rules, alert, () => []) !== null) matched++;
    });
    const naive = perAlert(() => {
      for (const alert of list.slice(0, naiveAlerts))
        tests.some((test, at) => isOfType(all[at], alert) && test(subjectOf(alert)));
    }, naiveAlerts);
    const share = (matched / alerts) * 100;
    return [figure(count), figure(cost, 2), figure(naive, 2), figure(cost / parse, 2), figure(share, 1)];
  });
  printTable(
    `Alert tuning, ${figure(alerts)} alerts; JSON.parse of one: ${figure(parse, 2)} µs`,
    ['rules', 'µs per alert', 'asked one by one, µs', '× JSON.parse', '% matched'],
    rows,
  );
}

function isOfType(rule: TuneRule | undefined, { serviceSource, detectorId }: Alert): boolean {
  const type = rule?.alertType ?? null;
  return type === null || (type.serviceSource === serviceSource && type.detectorId === detectorId);
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

/** The quickest of a few rounds, µs an alert: what else runs on the machine only adds. */
function perAlert(run: () => void, count = alerts): number {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    run();
    return ((performance.now() - started) * 1_000) / count;
  });
  return Math.min(...times);
}
