import type { CorrelationParameter, ParameterGroup, ParameterUnit } from '@throughline/model';

/** A number of the configuration that people may set: its id is its place there, `duty.memory`. */
export type Parameter = Omit<CorrelationParameter, 'default'> & {
  /** How many of the configuration's own unit one of `unit` is. */
  factor: number;
  /** It shapes what is remembered, not only what is decided: a change of it needs the memory to be read anew. */
  remembered: boolean;
};

const factors: Partial<Record<ParameterUnit, number>> = { seconds: 1_000, minutes: 60_000, hours: 3_600_000 };

type More = { whole?: true; remembered?: true; factor?: number };

/** A parameter of a group, in one line: id, label, unit, range, what it does, why the default is what it is. */
export function parameterOf(
  group: ParameterGroup,
  id: string,
  label: string,
  unit: ParameterUnit,
  [min, max]: readonly [number, number],
  meaning: string,
  reason: string,
  { whole, remembered, factor }: More = {},
): Parameter {
  return {
    id,
    group,
    label,
    meaning,
    reason,
    unit,
    min,
    max,
    whole: whole === true,
    factor: factor ?? factors[unit] ?? 1,
    remembered: remembered === true,
  };
}
