import { hash } from 'node:crypto';

/** The key of a record that its source numbers: source and the parts that name it. */
export function numberedKey(source: string, ...parts: (string | number)[]): string {
  return `${source}:${hash('sha1', parts.join('\u0000'), 'hex')}`;
}

/** The key of a record by its content: the digest of its JSON (`written`, when it is at hand), or of its text. */
export function contentKey(source: string, record: unknown, written?: string): string {
  const text = typeof record === 'string' ? record : (written ?? JSON.stringify(record) ?? '');
  return `${source}:${hash('sha256', text, 'hex').slice(0, 40)}`;
}

/** A number for ReportId columns of type long, for records without one of their own: 48 bits of the key. */
export function reportIdOf(key: string): number {
  return Number.parseInt(key.slice(key.lastIndexOf(':') + 1).slice(0, 12), 16);
}
