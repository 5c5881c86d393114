import type { RuleFault, RuleHead, SigmaCorrelation, SigmaRule } from '../rule/rule.ts';

/** A correlation whose rules were found, in the order in which they must be fed: what it refers to comes first. */
export type LinkedCorrelation = {
  correlation: SigmaCorrelation;
  /** The ids of the rules it refers to, beside the names it uses for them. */
  members: { id: string; named: string }[];
};

export type Links = {
  correlations: LinkedCorrelation[];
  /** Ids of rules and correlations that give no matches of their own. */
  hidden: Set<string>;
  faults: RuleFault[];
};

/** Finds the rules that correlations name. One that names a rule which is not there, or itself through others, is a fault. */
export function linkCorrelations(rules: readonly SigmaRule[], correlations: readonly SigmaCorrelation[]): Links {
  const byName = new Map<string, RuleHead>();
  for (const rule of [...rules, ...correlations]) {
    if (rule.name !== undefined && !byName.has(rule.name)) byName.set(rule.name, rule);
  }
  for (const rule of [...rules, ...correlations]) byName.set(rule.id, rule);
  const own = new Map(correlations.map((correlation) => [correlation.id, correlation]));
  const linked = new Map<string, LinkedCorrelation | undefined>();
  const faults: RuleFault[] = [];
  const refuse = ({ path, line, id, title }: RuleHead, reason: string) =>
    faults.push({ path, line, reason, ruleId: id, title });

  const link = (correlation: SigmaCorrelation, above: readonly string[]): LinkedCorrelation | undefined => {
    if (linked.has(correlation.id)) return linked.get(correlation.id);
    const members: LinkedCorrelation['members'] = [];
    let sound = true;
    for (const named of correlation.rules) {
      const found = byName.get(named);
      const inner = found === undefined ? undefined : own.get(found.id);
      const path = [...above, correlation.id];
      const reason =
        found === undefined
          ? `there is no rule "${named}"`
          : inner !== undefined && path.includes(inner.id)
            ? `the correlation refers to itself through "${named}"`
            : path.length > 20
              ? 'correlations are chained more than 20 deep'
              : inner !== undefined && link(inner, path) === undefined
                ? `the correlation "${named}" cannot be used`
                : undefined;
      if (reason === undefined && found !== undefined) members.push({ id: found.id, named });
      else {
        refuse(correlation, reason ?? '');
        sound = false;
        break;
      }
    }
    const result = sound ? { correlation, members } : undefined;
    linked.set(correlation.id, result);
    return result;
  };
  for (const correlation of correlations) link(correlation, []);

  const sound = [...linked.values()].filter((one) => one !== undefined);
  const membersOf = (generate: boolean) =>
    sound
      .filter(({ correlation }) => correlation.generate === generate)
      .flatMap(({ members }) => members.map(({ id }) => id));
  const shown = new Set(membersOf(true));
  return { correlations: sound, hidden: new Set(membersOf(false).filter((id) => !shown.has(id))), faults };
}
