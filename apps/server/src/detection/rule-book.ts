import { compile, type Detector, type RuleFault, type RuleFile, type RuleHead, readRules } from '@throughline/detect';
import {
  currentThrottles,
  type Db,
  type DetectionException,
  listExceptions,
  type RuleSetting,
  ruleSettings,
  rulesVersion,
  storedRules,
  type Throttle,
} from '@throughline/store';

/** The rules of a tenant as they hold now. */
export type RuleBook = {
  detector: Detector;
  heads: ReadonlyMap<string, RuleHead>;
  faults: readonly RuleFault[];
  exceptions: readonly DetectionException[];
  held: ReadonlyMap<string, Throttle>;
  /** For how long repeats of a rule on one asset fold, ms. */
  windowMs(ruleId: string): number;
};

const usualWindowMs = 3_600_000;

/**
 * Gives the rules of a tenant: those of `files`, which came from disk, and those in the database. Changes hold for the
 * next batch; the files are read once. Compiling is done again only when rules changed, not for an exception.
 */
export function ruleBooks(
  db: Db,
  tenantId: string,
  files: readonly RuleFile[],
  clock: () => number,
): (now: Date) => Promise<RuleBook> {
  let version: string | undefined;
  let book: RuleBook | undefined;
  let compiled: { key: string; made: ReturnType<typeof made> } | undefined;
  return async (now) => {
    const current = await rulesVersion(db, tenantId, now);
    if (book !== undefined && current === version) return book;
    const [own, settings, exceptions, throttles] = await Promise.all([
      storedRules(db, tenantId),
      ruleSettings(db, tenantId),
      listExceptions(db, tenantId),
      currentThrottles(db, tenantId, now),
    ]);
    const off = leftOut(settings, throttles);
    const key = JSON.stringify([own, [...off]]);
    if (compiled?.key !== key) compiled = { key, made: made([...own, ...files], off, clock) };
    const windows = new Map(settings.map(({ ruleId, windowMinutes }) => [ruleId, windowMinutes]));
    book = {
      ...compiled.made,
      exceptions,
      held: new Map(throttles.map((throttle) => [throttle.ruleId, throttle])),
      windowMs: (ruleId) => (windows.get(ruleId) ?? usualWindowMs / 60_000) * 60_000,
    };
    version = current;
    return book;
  };
}

/** Rules that are not evaluated: those people disabled, and those that cost too much just now. */
function leftOut(settings: readonly RuleSetting[], throttles: readonly Throttle[]): ReadonlySet<string> {
  return new Set([
    ...settings.filter(({ enabled }) => !enabled).map(({ ruleId }) => ruleId),
    ...throttles.filter(({ why }) => why === 'expensive').map(({ ruleId }) => ruleId),
  ]);
}

function made(files: readonly RuleFile[], off: ReadonlySet<string>, clock: () => number) {
  const { rules, filters, correlations, faults } = readRules(files);
  const used = { rules: rules.filter(({ id }) => !off.has(id)), filters, correlations };
  const heads = new Map<string, RuleHead>([...rules, ...correlations].map((rule) => [rule.id, rule]));
  return { detector: compile(used, { clock }), heads, faults };
}
