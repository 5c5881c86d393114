import { giveUpAfter, matchesAction, matchesReport, mostAlertLines, plan, type Rule } from '@throughline/notify';
import {
  type AboutNotice,
  addRuleCounts,
  type Db,
  discardWaiting,
  dropRaises,
  movePosition,
  nextOccurrences,
  type RuleCount,
  readRules,
  readThreads,
  type StoredEvent,
  type StoredRule,
  takeEvents,
  writeAboutNotices,
  writePlan,
} from '@throughline/store';
import { authorStop } from './author-standing.ts';

/** Alerts judged in one transaction. */
const most = 1_000;

type JudgingRule = StoredRule & Rule;

/**
 * Judges the next stretch of a tenant's alerts and events and writes what is to be told, in one transaction with the
 * position: a crash repeats the whole stretch or nothing. Returns whether there is more.
 */
export async function planTenant(
  db: Db,
  tenantId: string,
  now: Date,
  patience: number = giveUpAfter,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const rules = (await readRules(trx, tenantId)).map((rule) => ({
      ...rule,
      stopped: authorStop(rule.author, rule.deviceGroups, tenantId) !== null,
    }));
    // What waits was planned while the rule might speak.
    for (const { id, stopped } of rules) if (stopped) await discardWaiting(trx, tenantId, id, []);
    const moreAlerts = await planAlerts(trx, tenantId, ofKind(rules, 'incident'), now, patience);
    const moreEvents = await planEvents(trx, tenantId, rules, now, patience);
    return moreAlerts || moreEvents;
  });
}

async function planAlerts(trx: Db, tenantId: string, rules: readonly JudgingRule[], now: Date, patience: number) {
  if (rules.length === 0) {
    await movePosition(trx, tenantId, 'end');
    await dropRaises(trx, tenantId, 'all');
    return false;
  }
  const { occurrences, last, raises, more } = await nextOccurrences(trx, tenantId, most);
  if (occurrences.length === 0) return false;
  const ids = new Set(
    occurrences.flatMap(({ incidentId, merges }) => [incidentId, ...merges.flatMap(({ from, into }) => [from, into])]),
  );
  const threads = await readThreads(trx, tenantId, [...ids]);
  const planned = plan(rules, threads, occurrences, now.getTime());
  await writePlan(trx, tenantId, planned, { now, lines: mostAlertLines, patience });
  await dropRaises(trx, tenantId, raises);
  if (last !== undefined) await movePosition(trx, tenantId, last);
  return more;
}

/** Judges response actions and threat reports. */
async function planEvents(trx: Db, tenantId: string, rules: readonly JudgingRule[], now: Date, patience: number) {
  const events = await takeEvents(trx, tenantId, most);
  if (events.length === 0) return false;
  const counts: RuleCount[] = [];
  const notices: AboutNotice[] = [];
  for (const event of events) {
    for (const rule of ofKind(rules, event.kind)) {
      const { matched, reason } = judge(rule, event);
      counts.push({ ruleId: rule.id, reason, count: 1 });
      if (matched) notices.push(noticeOf(rule, event));
    }
  }
  await writeAboutNotices(trx, tenantId, notices, { now, patience });
  await addRuleCounts(trx, tenantId, counts, now);
  return events.length === most;
}

function judge(rule: JudgingRule, { kind, event }: StoredEvent) {
  return kind === 'action' ? matchesAction(rule, event) : matchesReport(rule, event);
}

function noticeOf({ id, name, recipients }: JudgingRule, { id: rootId, ...about }: StoredEvent): AboutNotice {
  return { ruleId: id, ruleName: name, rootId, window: 0, event: 'told', about, recipients };
}

function ofKind(rules: readonly JudgingRule[], wanted: StoredRule['kind']): JudgingRule[] {
  return rules.filter(({ kind }) => kind === wanted);
}
