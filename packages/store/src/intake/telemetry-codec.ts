import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';

/** A record of telemetry as it was accepted: JSON text without line feeds, or a line of text. */
export type TelemetryRecord = { source: string; format: 'json' | 'text'; text: string };

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
const params = { [constants.ZSTD_c_compressionLevel]: 1 };
// JSON; a line of text; text of several lines, as a JSON string.
const marks = { json: 'j', line: 't', lines: 'l' } as const;

/** Lines of `source TAB mark TAB text`, compressed with zstd. A line feed in JSON, where it is but a space, becomes one. */
export function encodeTelemetry(records: readonly TelemetryRecord[]): Promise<Buffer> {
  const lines = records.map(({ source, format, text }) => {
    const several = text.includes('\n');
    if (format === 'json') return `${source}\t${marks.json}\t${several ? text.replaceAll('\n', ' ') : text}\n`;
    return several ? `${source}\t${marks.lines}\t${JSON.stringify(text)}\n` : `${source}\t${marks.line}\t${text}\n`;
  });
  return compress(Buffer.from(lines.join('')), { params });
}

/** The inverse of {@link encodeTelemetry}. */
export async function decodeTelemetry(bytes: Buffer): Promise<TelemetryRecord[]> {
  const all = (await decompress(bytes)).toString('utf8');
  const records: TelemetryRecord[] = [];
  for (let from = 0, to = all.indexOf('\n'); to >= 0; from = to + 1, to = all.indexOf('\n', from)) {
    const tab = all.indexOf('\t', from);
    const source = all.slice(from, tab);
    const mark = all[tab + 1];
    const text = all.slice(tab + 3, to);
    if (mark === marks.json) records.push({ source, format: 'json', text });
    else records.push({ source, format: 'text', text: mark === marks.lines ? (JSON.parse(text) as string) : text });
  }
  return records;
}
