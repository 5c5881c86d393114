import { readFileSync } from 'node:fs';
import { type Observation, observe } from '@throughline/correlate';
import { formatNamed } from '@throughline/intake';
import { IdentityIndex } from '@throughline/model';

/** An observation and the id by which the truth knows its alert. */
export type Given = { id: string; observation: Observation };

/** Reads a file of Graph alerts, one a line, through intake and the identities of one tenant, in the order of the file. */
export function readAlerts(file: string): Given[] {
  const graph = formatNamed('graph');
  if (!graph) throw new Error('intake reads no Graph alerts');
  const identities = new IdentityIndex();
  const context = { tenantId: 'bench', now: new Date(Date.UTC(2026, 0, 31)) };
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const record = JSON.parse(line) as { id: string };
      const [outcome] = graph.read(record, context);
      if (!outcome || !('alert' in outcome)) throw new Error(`${file}: alert ${record.id} was not read`);
      return { id: record.id, observation: observe(outcome.alert, identities).observation };
    });
}
