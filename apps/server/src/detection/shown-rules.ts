import {
  type DetectionDetail,
  type DetectionList,
  type DetectionRule,
  detectionDays,
  parseTactic,
  tacticIndex,
  tacticsOfTechnique,
} from '@throughline/model';
import {
  type CountsOfRule,
  countsOfRules,
  currentThrottles,
  type Db,
  daysOfRule,
  listExceptions,
  ruleSettings,
} from '@throughline/store';
import type { KnownRule, RuleLibrary } from './rule-library.ts';

type From = { db: Db; ruleLibrary: RuleLibrary; tenantId: string; now: Date };

const dayMs = 86_400_000;

/** Every rule by title, with what people decided, whether it is held back, and what it did lately. */
export async function shownRules({ db, ruleLibrary, tenantId, now }: From): Promise<DetectionList> {
  const [{ rules, faults }, settings, throttles, counts] = await Promise.all([
    ruleLibrary(tenantId),
    ruleSettings(db, tenantId),
    currentThrottles(db, tenantId, now),
    countsOfRules(db, tenantId, lastDays(now)[0] ?? ''),
  ]);
  const setting = new Map(settings.map((each) => [each.ruleId, each]));
  const held = new Map(throttles.map(({ ruleId, ...throttle }) => [ruleId, throttle]));
  const count = new Map(counts.map((each) => [each.ruleId, each]));
  const cost = counts.reduce((sum, { costUs }) => sum + costUs, 0);
  const items = [...rules.values()].map((rule): DetectionRule => {
    const { enabled = true, reason = '', windowMinutes = null } = setting.get(rule.head.id) ?? {};
    const done = count.get(rule.head.id);
    return {
      ...ruleWords(rule),
      enabled,
      reason,
      windowMinutes,
      held: held.get(rule.head.id) ?? null,
      ...countWords(done),
      costShare: cost === 0 ? 0 : (done?.costUs ?? 0) / cost,
      lastMatchDay: done?.lastMatchDay ?? null,
    };
  });
  return {
    items: items.sort((one, other) => one.title.localeCompare(other.title, 'en')),
    faults: faults.map(({ path, line, reason, title }) => ({ path, line, reason, title: title ?? null })),
  };
}

/** One rule with its text, its days and its exceptions; undefined when there is none of that id. */
export async function shownRule(from: From, ruleId: string): Promise<DetectionDetail | undefined> {
  const { db, ruleLibrary, tenantId, now } = from;
  const known = (await ruleLibrary(tenantId)).rules.get(ruleId);
  if (known === undefined) return undefined;
  const wanted = lastDays(now);
  const [{ items }, days, exceptions] = await Promise.all([
    shownRules(from),
    daysOfRule(db, tenantId, ruleId, wanted[0] ?? ''),
    listExceptions(db, tenantId),
  ]);
  const rule = items.find(({ id }) => id === ruleId);
  if (rule === undefined) return undefined;
  const { description, recommendation, falsePositives, references } = known.head;
  const byDay = new Map(days.map((each) => [each.day, each]));
  return {
    ...rule,
    text: known.text,
    description,
    recommendation,
    falsePositives,
    references,
    days: wanted.map((day) => byDay.get(day) ?? { day, ...countWords(undefined) }),
    exceptions: exceptions.filter((each) => each.ruleId === null || each.ruleId === ruleId),
  };
}

function ruleWords({ head, kind, logSource, origin, path }: KnownRule) {
  const { id, title, author, license, level, status, techniques } = head;
  const named = head.tactics.map(parseTactic).filter((tactic) => tactic !== null);
  const tactics = [...new Set(named.length > 0 ? named : techniques.flatMap(tacticsOfTechnique))];
  tactics.sort((one, other) => tacticIndex(one) - tacticIndex(other));
  return { id, title, author, licence: license, level, status, kind, tactics, techniques, logSource, origin, path };
}

function countWords(counts: Omit<CountsOfRule, 'ruleId' | 'costUs' | 'lastMatchDay'> | undefined) {
  const { matches = 0, alerts = 0, folded = 0, excepted = 0, throttled = 0 } = counts ?? {};
  return { matches, alerts, folded, excepted, throttled };
}

/** The last days (UTC) as YYYY-MM-DD, the oldest first, today last. */
function lastDays(now: Date): string[] {
  const at = (ago: number) => new Date(now.getTime() - ago * dayMs).toISOString().slice(0, 10);
  return Array.from({ length: detectionDays }, (_, n) => at(detectionDays - 1 - n));
}
