import { type TunedState, tunedStates } from '@throughline/model';

/**
 * `show`: the rule whose alerts are shown, by number, and which of them. `rule`: what the editor is open for: a rule by
 * number, a new one, or a new one from an alert.
 */
export type TuningSearch = { show?: number; tuned?: TunedState; rule?: number | 'new'; alert?: string };

export function readTuningSearch({ show, tuned, rule, alert }: Record<string, unknown>): TuningSearch {
  const id = idOf(rule);
  const shown = idOf(show);
  const state = tunedStates.find((each) => each === tuned);
  return {
    ...(shown !== null && { show: shown }),
    ...(shown !== null && state !== undefined && { tuned: state }),
    ...(rule === 'new' ? { rule } : id !== null ? { rule: id } : {}),
    ...(typeof alert === 'string' && alert !== '' ? { alert: alert.slice(0, 500) } : {}),
  };
}

function idOf(value: unknown): number | null {
  const id = Number(value);
  return Number.isSafeInteger(id) && id > 0 ? id : null;
}
