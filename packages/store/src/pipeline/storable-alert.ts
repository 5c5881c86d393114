import type { Alert } from '@throughline/model';

const longestId = 1000;
const earliest = Date.parse('0001-01-01T00:00:00Z');
const latest = Date.parse('9999-12-31T23:59:59.999Z');
const instants = ['createdDateTime', 'firstActivityDateTime', 'lastActivityDateTime', 'resolvedDateTime'] as const;

/** Why the database would refuse an alert, as far as that can be told beforehand; null for one it can hold. */
export function refusalOf(alert: Alert): string | null {
  if (alert.id === '') return 'id is empty';
  if (Buffer.byteLength(alert.id) > longestId) return `id is longer than ${longestId} bytes`;
  for (const field of instants) {
    const value = alert[field];
    if (value === null) continue;
    const at = Date.parse(value);
    if (!(at >= earliest && at <= latest))
      return `${field} "${value.slice(0, 40)}" is no instant of the years 1 to 9999`;
  }
  return null;
}
