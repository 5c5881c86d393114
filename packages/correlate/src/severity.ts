import { type Severity, severities } from '@throughline/model';
import type { IncidentFacts } from './facts.ts';

/** The severity of an incident: that of its most severe alert. */
export function severityOf(f: IncidentFacts): Severity {
  return [...severities].reverse().find((severity) => f.severities[severity] > 0) ?? 'unknown';
}
