import type { Fields } from '../../field/value.ts';

/** One line of an audit event: type, and its fields by name as written, decoded. */
export type AuditRecord = { type: string; fields: Fields };

/** An audit event: lines of one serial number. */
export type AuditEvent = { node: string | undefined; seconds: number; serial: string; records: AuditRecord[] };

const head =
  /(?:^|\s)(?:node=(\S+) )?type=([A-Z0-9_]+|UNKNOWN\[\d+\]) msg=audit\((\d{1,12}\.\d{1,6}):(\d{1,20})\):?\s?/g;
const pair = /([A-Za-z_][\w-]*)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g;
/** Fields that the kernel writes in hexadecimal when they hold spaces or other odd characters (auparse's list). */
const encoded = new Set([
  'acct',
  'cmd',
  'comm',
  'cwd',
  'data',
  'dir',
  'exe',
  'file',
  'key',
  'name',
  'new',
  'ocomm',
  'old',
  'path',
  'proctitle',
  'sw',
  'vm',
  'watch',
]);

/** Where the lines of one event start in a text; lines may be told apart by any white space. */
export function readAudit(text: string): AuditEvent | null {
  const starts = [...text.matchAll(head)];
  const first = starts[0];
  if (first === undefined || first.index > 0) return null;
  const records = starts.map((match, i) => {
    const body = text.slice(match.index + match[0].length, starts[i + 1]?.index ?? text.length);
    return { type: match[2] ?? '', fields: fieldsOf(match[2] ?? '', body.trim()) };
  });
  return { node: first[1], seconds: Number(first[3]), serial: first[4] ?? '', records };
}

function fieldsOf(type: string, body: string): Fields {
  const found: Fields = {};
  // Enriched logs hold the names behind a group separator (0x1d).
  for (const [, name = '', written = ''] of body.matchAll(pair)) {
    if (name === '__proto__') continue;
    if (name === 'msg' && written.startsWith("'")) Object.assign(found, fieldsOf(type, written.slice(1, -1)));
    else found[name] = decoded(type, name, written);
  }
  return found;
}

function decoded(type: string, name: string, written: string): string {
  if (written.startsWith('"') || written.startsWith("'")) return written.slice(1, -1);
  const hex = encoded.has(name) || (type === 'EXECVE' && /^a\d+(?:\[\d+\])?$/.test(name));
  if (!hex || written.length < 2 || written.length % 2 !== 0 || !/^[0-9A-F]+$/.test(written)) return written;
  // Arguments of a command line end in NUL, and stand one after another.
  return Buffer.from(written, 'hex').toString('utf8').replace(/\0+$/, '').replaceAll('\0', ' ');
}
