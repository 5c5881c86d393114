/** What the editor is open for: a rule by number, a new one, or a new one from an alert. */
export type TuningSearch = { rule?: number | 'new'; alert?: string };

export function readTuningSearch({ rule, alert }: Record<string, unknown>): TuningSearch {
  const id = Number(rule);
  return {
    ...(rule === 'new' ? { rule } : Number.isSafeInteger(id) && id > 0 ? { rule: id } : {}),
    ...(typeof alert === 'string' && alert !== '' ? { alert: alert.slice(0, 500) } : {}),
  };
}
