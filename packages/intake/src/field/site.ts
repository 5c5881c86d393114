import { isIpAddress } from '@throughline/model';
import { text } from './value.ts';

/** The network scope a sensor stands in: the domain of its full name, or its short name. */
export function siteOfSensor(sensor: unknown): string | null {
  const name = text(sensor)?.toLowerCase() ?? null;
  if (name === null || isIpAddress(name)) return name;
  const dot = name.indexOf('.');
  return dot > 0 && dot < name.length - 1 ? name.slice(dot + 1) : name;
}
