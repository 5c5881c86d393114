import { type OperationsChoice, operationKinds } from '@throughline/model';
import { type ConditionStep, conditionSteps, type Measured, readings, standingWatch } from '@throughline/notify';
import {
  type AboutNotice,
  beginCondition,
  closeCondition,
  type Db,
  forgetCondition,
  learnRhythms,
  openCondition,
  openConditions,
  readRules,
  type StoredCondition,
  type StoredRule,
  standingRule,
  writeAboutNotices,
} from '@throughline/store';
import { authorStop } from '../notify/author-standing.ts';
import { measure } from './measure.ts';

type Watch = { ruleId: number; choice: OperationsChoice; rule: StoredRule | null };

const watchesNothing: OperationsChoice = {
  sourceSilent: null,
  sourceClock: null,
  ledgerUnbalanced: null,
  diskLow: null,
  jobFailing: null,
  deadLetters: null,
};

/**
 * One look at the server for a tenant: measures, moves every rule's conditions on and writes what is to be told, in one
 * transaction, so that each opening and each recovery is told once. `patience` is how long messages are tried, ms.
 */
export async function watchTenant(
  db: Db,
  tenantId: string,
  { now, dataDir, patience }: { now: Date; dataDir: string | undefined; patience: number },
): Promise<void> {
  const measured = await measure(db, tenantId, dataDir, now);
  await db.transaction().execute(async (trx) => {
    const known = await openConditions(trx, tenantId);
    const notices: AboutNotice[] = [];
    for (const watch of watches(await readRules(trx, tenantId), known, tenantId)) {
      notices.push(...(await look(trx, tenantId, watch, measured, known, now)));
    }
    await writeAboutNotices(trx, tenantId, notices, { now, patience });
    const outages = known.filter(
      ({ ruleId, kind, state }) => ruleId === standingRule && kind === 'sourceSilent' && state === 'open',
    );
    const names = outages.map(({ subject }) => subject);
    await learnRhythms(trx, tenantId, measured.sources, names, now);
  });
}

/** The watch that always runs, the rules, and the leftovers of rules that are gone, off or stopped. */
function watches(rules: readonly StoredRule[], known: readonly StoredCondition[], tenantId: string): Watch[] {
  const active = rules.flatMap((rule): Watch[] => {
    const { id: ruleId, kind, enabled, operations: choice, author, deviceGroups } = rule;
    const speaks = kind === 'operations' && enabled && authorStop(author, deviceGroups, tenantId) === null;
    return speaks && choice !== null ? [{ ruleId, choice, rule }] : [];
  });
  const ids = new Set([standingRule, ...active.map(({ ruleId }) => ruleId)]);
  const left = new Set(known.map(({ ruleId }) => ruleId).filter((ruleId) => !ids.has(ruleId)));
  return [
    { ruleId: standingRule, choice: standingWatch, rule: null },
    ...active,
    ...[...left].map((ruleId) => ({ ruleId, choice: watchesNothing, rule: null })),
  ];
}

async function look(
  trx: Db,
  tenantId: string,
  { ruleId, choice, rule }: Watch,
  measured: Measured,
  known: readonly StoredCondition[],
  now: Date,
): Promise<AboutNotice[]> {
  const own = known.filter((condition) => condition.ruleId === ruleId);
  const watched = new Set(operationKinds.filter((kind) => (choice[kind] ?? null) !== null));
  const notices: AboutNotice[] = [];
  for (const step of conditionSteps(readings(choice, measured, now.getTime()), own, watched, now.getTime())) {
    const before = own.find(({ id }) => 'id' in step && id === step.id);
    const id = await take(trx, tenantId, ruleId, step, now);
    const notice = rule === null ? undefined : noticeOf(rule, step, before, id, now);
    if (notice !== undefined) notices.push(notice);
  }
  return notices;
}

async function take(trx: Db, tenantId: string, ruleId: number, step: ConditionStep, now: Date): Promise<number> {
  if (step.step === 'begin') return beginCondition(trx, tenantId, { ruleId, ...step }, now);
  if (step.step === 'open') await openCondition(trx, step.id, step.facts, now);
  else if (step.step === 'forget') await forgetCondition(trx, step.id);
  else await closeCondition(trx, step.id, step.step === 'close' ? 'recovered' : 'unwatched', now);
  return step.id;
}

/** What a step says to the rule's recipients: that something opened, or that it is over. */
function noticeOf(
  { id: ruleId, name: ruleName, recipients }: StoredRule,
  step: ConditionStep,
  before: StoredCondition | undefined,
  rootId: number,
  now: Date,
): AboutNotice | undefined {
  const at = now.toISOString();
  const opened = step.step === 'open' || (step.step === 'begin' && step.open);
  if (!opened && step.step !== 'close') return undefined;
  const { kind: condition, subject } = step.step === 'begin' ? step : (before ?? { kind: undefined, subject: '' });
  if (condition === undefined) return undefined;
  const times = opened ? { openedAt: at, closedAt: null } : { openedAt: before?.openedAt ?? at, closedAt: at };
  return {
    ...{ ruleId, ruleName, recipients, rootId },
    window: opened ? 0 : 1,
    event: opened ? 'opened' : 'recovered',
    about: { kind: 'operations', condition, subject, facts: step.facts, ...times },
  };
}
