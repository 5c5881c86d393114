import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';

/** A record of telemetry as it was accepted: JSON text without line feeds, or a line of text. */
export type TelemetryRecord = { source: string; format: 'json' | 'text'; text: string };

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
const params = { [constants.ZSTD_c_compressionLevel]: 1 };
const marks = { json: 'j', text: 't' } as const;

/** Lines of `source TAB mark TAB text`, compressed with zstd. A line feed in a text becomes a space. */
export function encodeTelemetry(records: readonly TelemetryRecord[]): Promise<Buffer> {
  const lines = records.map(({ source, format, text }) => {
    const line = text.includes('\n') ? text.replaceAll('\n', ' ') : text;
    return `${source}\t${marks[format]}\t${line}\n`;
  });
  return compress(Buffer.from(lines.join('')), { params });
}

/** The inverse of {@link encodeTelemetry}. */
export async function decodeTelemetry(bytes: Buffer): Promise<TelemetryRecord[]> {
  const text = (await decompress(bytes)).toString('utf8');
  const records: TelemetryRecord[] = [];
  for (let from = 0, to = text.indexOf('\n'); to >= 0; from = to + 1, to = text.indexOf('\n', from)) {
    const tab = text.indexOf('\t', from);
    const format = text[tab + 1] === marks.json ? 'json' : 'text';
    records.push({ source: text.slice(from, tab), format, text: text.slice(tab + 3, to) });
  }
  return records;
}
