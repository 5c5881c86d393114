import { readFileSync } from 'node:fs';
import { type Observation, observe } from '@throughline/correlate';
import { formatNamed } from '@throughline/intake';
import { IdentityIndex } from '@throughline/model';

/** An observation and the id by which the truth knows its alert. */
export type Given = { id: string; observation: Observation };

/** Reads a file of alerts, one a line, through intake and the identities of one tenant, in the order of the file. */
export function readAlerts(file: string, source: 'graph' | 'suricata' = 'graph'): Given[] {
  const format = formatNamed(source);
  if (!format) throw new Error(`intake reads no ${source} alerts`);
  const identities = new IdentityIndex();
  const context = { tenantId: 'bench', now: new Date(Date.UTC(2026, 0, 31)) };
  const given: Given[] = [];
  for (const line of linesOf(file)) {
    const record = JSON.parse(line) as { id?: string; alertId?: string };
    const id = record.alertId ?? record.id ?? '';
    const [outcome] = format.read(record, context);
    if (!outcome || !('alert' in outcome)) throw new Error(`${file}: alert ${id} was not read`);
    given.push({ id, observation: observe(outcome.alert, identities).observation });
  }
  return given;
}

/** Lines of a file too long for one string. */
function* linesOf(file: string): Iterable<string> {
  const bytes = readFileSync(file);
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end;
    if (to > from) yield bytes.toString('utf8', from, to);
    from = to + 1;
  }
}
