import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import type { Alert } from '@throughline/model';
import { storableJson } from './storable-text.ts';

/** An accepted alert on its way through the pipeline: `text` is the alert as JSON, exactly as it will be stored. */
export type PendingAlert = { source: string; alert: Alert; text: string };

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
const params = { [constants.ZSTD_c_compressionLevel]: 1 };
/**
 * Prepares an alert for the log: its JSON, in which NUL and lone surrogates, which are no text, become U+FFFD; the
 * alert returned is the one the JSON says.
 */
export function pendingAlert(source: string, alert: Alert): PendingAlert {
  const text = JSON.stringify(alert);
  const clean = storableJson(text);
  return clean === text ? { source, alert, text } : { source, alert: JSON.parse(clean) as Alert, text: clean };
}

/** Smaller batches stay as they are: setting up the compressor costs more than it saves. */
const compressFrom = 8 * 1024;
const zstdMagic = 0x28b52ffd;

/** NDJSON of `{source, alert}`, compressed with zstd unless small. */
export async function encodeBatch(alerts: readonly PendingAlert[]): Promise<Buffer> {
  const lines = alerts.map(({ source, text }) => `{"source":${JSON.stringify(source)},"alert":${text}}\n`);
  const bytes = Buffer.from(lines.join(''));
  return bytes.length < compressFrom ? bytes : compress(bytes, { params });
}

/** The inverse of {@link encodeBatch}. */
export async function decodeBatch(bytes: Buffer): Promise<PendingAlert[]> {
  const plain = bytes.length >= 4 && bytes.readUInt32BE(0) === zstdMagic ? await decompress(bytes) : bytes;
  const text = plain.toString('utf8');
  const alerts: PendingAlert[] = [];
  for (let from = 0, to = text.indexOf('\n'); to >= 0; from = to + 1, to = text.indexOf('\n', from)) {
    const { source, alert } = JSON.parse(text.slice(from, to)) as { source: string; alert: Alert };
    const prefix = '{"source":,"alert":'.length + JSON.stringify(source).length;
    alerts.push({ source, alert, text: text.slice(from + prefix, to - 1) });
  }
  return alerts;
}
