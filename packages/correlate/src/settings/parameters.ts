import type { CorrelationParameter } from '@throughline/model';
import type { CorrelationConfig } from '../config.ts';
import { defaultConfig } from '../default-config.ts';
import { chanceParameters, habitParameters, kindParameters } from './habit-parameters.ts';
import { linkParameters, weightParameters } from './link-parameters.ts';
import type { Parameter } from './parameter.ts';

/** Every number of correlation that people may set, in the order they are shown. */
export const parameters: readonly Parameter[] = [
  ...linkParameters,
  ...weightParameters,
  ...habitParameters,
  ...chanceParameters,
  ...kindParameters,
];

const byId = new Map(parameters.map((parameter) => [parameter.id, parameter]));

/** The parameters as they are told to people, with their defaults, in their units. */
export function describeParameters(): CorrelationParameter[] {
  return parameters.map(({ factor: _, remembered: __, ...told }) => ({ ...told, default: defaultOf(told.id) }));
}

/** What a parameter is as shipped, in its unit. Throws RangeError for none. */
export function defaultOf(id: string): number {
  const parameter = byId.get(id);
  if (parameter === undefined) throw new RangeError(`there is no parameter "${id}"`);
  return (placeOf(defaultConfig, id).read() ?? 1) / parameter.factor;
}

/** What is wrong with numbers, each in its unit, as a sentence; null when nothing is. */
export function refuseNumbers(numbers: Readonly<Record<string, number>>): string | null {
  for (const [id, value] of Object.entries(numbers)) {
    const parameter = byId.get(id);
    if (parameter === undefined) return `There is no parameter "${id}".`;
    const { label, min, max, unit, whole } = parameter;
    if (!Number.isFinite(value) || value < min || value > max) return `${label} is between ${min} and ${max} ${unit}.`;
    if (whole && !Number.isInteger(value)) return `${label} is a whole number of ${unit}.`;
  }
  const chosen = (id: string) => numbers[id] ?? defaultOf(id);
  if (chosen('hub.free') >= chosen('hub.cap')) return 'A hub fades before it is silent: “Fades from” is the smaller.';
  return null;
}

/** Only what differs from the defaults, in the order of the parameters. */
export function withoutDefaults(numbers: Readonly<Record<string, number>>): Record<string, number> {
  const kept: Record<string, number> = {};
  for (const { id } of parameters) {
    const value = numbers[id];
    if (value !== undefined && value !== defaultOf(id)) kept[id] = value;
  }
  return kept;
}

/** A configuration with numbers, each in its unit, in place of its own. What is no parameter (any more) is left out. */
export function withNumbers(base: CorrelationConfig, numbers: Readonly<Record<string, number>>): CorrelationConfig {
  const config = structuredClone(base);
  for (const [id, value] of Object.entries(numbers)) {
    const parameter = byId.get(id);
    if (parameter !== undefined) placeOf(config, id).write(value * parameter.factor);
  }
  return config;
}

/** Whether going from one configuration to the other changes what is remembered, and not only what is decided from it. */
export function changesMemory(from: CorrelationConfig, to: CorrelationConfig): boolean {
  if (from.restrictToDeviceGroups !== to.restrictToDeviceGroups) return true;
  return parameters.some(({ id, remembered }) => remembered && placeOf(from, id).read() !== placeOf(to, id).read());
}

function placeOf(config: CorrelationConfig, id: string) {
  const path = id.split('.');
  const last = path.pop() ?? '';
  let at = config as unknown as Record<string, unknown>;
  for (const step of path) at = at[step] as Record<string, unknown>;
  return {
    read: () => at[last] as number | undefined,
    write: (value: number) => {
      at[last] = value;
    },
  };
}
