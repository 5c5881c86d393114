import type { TuningRuleBody } from '@throughline/model';

/** What of a rule is stored as JSON: what it is about and what it does. */
export type TuningDefinition = Pick<
  TuningRuleBody,
  'comment' | 'action' | 'alertType' | 'trigger' | 'conditions' | 'classification' | 'determination'
>;

export function definitionOf(body: TuningRuleBody): TuningDefinition {
  const { comment, action, alertType, trigger, conditions, classification, determination } = body;
  return { comment, action, alertType, trigger, conditions, classification, determination };
}
