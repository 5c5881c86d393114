import { type Severity, severities } from '@throughline/model';

/** The rank under which a severity is stored: 0 unknown … 4 high. */
export function rankOf(severity: Severity): number {
  return severities.indexOf(severity);
}

/** The severity of a stored rank. */
export function severityOf(rank: number): Severity {
  return severities[rank] ?? 'unknown';
}
