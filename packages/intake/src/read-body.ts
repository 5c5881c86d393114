import type { Alert, Reject } from '@throughline/model';
import { storable } from './field/hostile.ts';
import { archiveHead, archiveKind } from './frame/archive-kind.ts';
import { type ByteSource, bytesOf, peek, SourceFailed } from './frame/byte-source.ts';
import { decodeText } from './frame/decode-text.ts';
import { evtxFrames } from './frame/evtx-frames.ts';
import type { Frame } from './frame/frame.ts';
import { frames } from './frame/frames.ts';
import { groupAudit } from './frame/group-audit.ts';
import { type Budget, inflate } from './frame/inflate.ts';
import { readZeekTsv } from './frame/read-zeek-tsv.ts';
import { zipEntries } from './frame/unzip.ts';
import type { IntakeLimits } from './limits.ts';
import { type IntakeFormat, Refused } from './outcome.ts';
import { type RecordOptions, readRecord } from './read-record.ts';
import { formatNamed, formats } from './registry.ts';

/** What became of one record of a body. `line` is 1-based in the body, or in the archive's entry named by `entry`. */
export type Received = { line: number; source: string; entry?: string } & ({ alert: Alert } | { reject: Reject });

/** A record of telemetry, recognised and not yet read: `readTelemetry(record)` reads it. */
export type ReceivedTelemetry = {
  line: number;
  /** The telemetry format that recognises it. */
  source: string;
  entry?: string;
  telemetry: {
    /** Parsed JSON, or a text. */
    record: unknown;
    /** The record alone as it can be kept: JSON, or the text itself. */
    text: string;
    format: 'json' | 'text';
  };
};

export type BodyOptions = {
  /** `auto` recognises each record; the name of a format or mapping accepts only that. */
  source: string;
  tenantId: string;
  /** When the body was received. */
  now: Date;
  limits: IntakeLimits;
  /** Formats made from mapping files; asked before the built-in ones. */
  mappings?: readonly IntakeFormat[];
  /** Gives recognised telemetry out as it is; without it telemetry is rejected as not stored. */
  telemetry?: boolean;
};

type All = BodyOptions & { telemetry: true };
type Any = Received | ReceivedTelemetry;

/** Archives in archives are opened this deep. */
const archiveLevels = 3;

/**
 * Reads a body record by record: unpacks it (gzip, zstd, zip, by its first bytes), cuts it into records, recognises and
 * reads each. Every record gives at least one result, good ones whatever the bad ones beside them; never throws for what
 * is in the body. Memory is bounded by the limits.
 * @throws {RangeError} when `source` names no format
 * @throws what `bytes` throws, after the records before it were given out
 */
export function readBody(bytes: ByteSource, options: All): AsyncGenerator<Any>;
export function readBody(bytes: ByteSource, options: BodyOptions): AsyncGenerator<Received>;
export async function* readBody(bytes: ByteSource, options: BodyOptions): AsyncGenerator<Any> {
  for await (const batch of readBatches(bytes, options)) yield* batch;
}

/** As {@link readBody}, in batches of about `limits.recordsPerBatch`; cheaper for many small records. */
export function readBatches(bytes: ByteSource, options: All): AsyncGenerator<Any[]>;
export function readBatches(bytes: ByteSource, options: BodyOptions): AsyncGenerator<Received[]>;
export async function* readBatches(bytes: ByteSource, options: BodyOptions): AsyncGenerator<Any[]> {
  const record = recordOptions(options);
  const budget: Budget = { left: options.limits.inflatedBytes, limit: options.limits.inflatedBytes };
  try {
    yield* unpack(bytesOf(bytes, options.limits.bodyBytes, 'bodyBytes'), record, budget, 0, undefined);
  } catch (error) {
    throw error instanceof SourceFailed ? error.cause : error;
  }
}

function recordOptions(options: BodyOptions): RecordOptions {
  const { limits, tenantId, now, mappings = [], telemetry = false } = options;
  const context = { tenantId, now };
  if (options.source === 'auto') {
    return { formats: [...mappings, ...formats], fallback: 'unknown', context, limits, telemetry };
  }
  const named = mappings.find((mapping) => mapping.name === options.source) ?? formatNamed(options.source);
  if (named === undefined) throw new RangeError(`unknown source "${options.source}"`);
  return { formats: [named], fallback: named.name, context, limits, telemetry };
}

async function* unpack(
  source: AsyncGenerator<Buffer>,
  options: RecordOptions,
  budget: Budget,
  level: number,
  entry: string | undefined,
): AsyncGenerator<Any[]> {
  try {
    const { head, body } = await peek(source, archiveHead);
    const kind = archiveKind(head);
    if (kind === 'none') {
      const cut = frames(decodeText(body), options.limits);
      yield* readAll(options.telemetry ? groupAudit(readZeekTsv(cut)) : cut, options, entry);
    } else if (kind === 'evtx') {
      yield* readAll(evtxFrames(body, options.limits, budget), options, entry);
    } else if (kind === 'unsupported' || level >= archiveLevels) {
      throw new Refused('unsupportedArchive', 'packed in a way that is not read; gzip, zstd and zip are');
    } else if (kind === 'zip') {
      yield* unpackZip(body, options, budget, level);
    } else yield* unpack(inflate(body, kind, budget), options, budget, level + 1, entry);
  } catch (error) {
    if (error instanceof SourceFailed) throw error;
    const reason = error instanceof Refused ? error.reason : 'truncatedArchive';
    yield [received(0, options.fallback, entry, { reason, detail: (error as Error).message, raw: '' })];
  }
}

async function* unpackZip(
  body: AsyncGenerator<Buffer>,
  options: RecordOptions,
  budget: Budget,
  level: number,
): AsyncGenerator<Any[]> {
  const parts: Buffer[] = [];
  for await (const part of body) parts.push(part);
  for await (const { name, open } of zipEntries(Buffer.concat(parts), options.limits.archiveEntries)) {
    yield* unpack(metered(open(), budget), options, budget, level + 1, name);
    if (budget.left < 0) return;
  }
}

async function* metered(source: AsyncGenerator<Buffer>, budget: Budget): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    budget.left -= chunk.length;
    if (budget.left < 0) {
      throw new Refused('bodyTooLarge', `body unpacks to more than ${budget.limit} bytes (limit inflatedBytes)`);
    }
    yield chunk;
  }
}

async function* readAll(batches: AsyncGenerator<Frame[]>, options: RecordOptions, entry: string | undefined) {
  for await (const batch of batches) {
    const read = readFrames(batch, options, entry);
    if (read.length > 0) yield read;
  }
}

function readFrames(batch: readonly Frame[], options: RecordOptions, entry: string | undefined): Any[] {
  const read: Any[] = [];
  for (const frame of batch) {
    for (const { source, outcome, record } of readRecord(frame, options)) {
      if ('alert' in outcome) {
        read.push(
          entry === undefined
            ? { line: frame.line, source, alert: outcome.alert }
            : { line: frame.line, source, entry, alert: outcome.alert },
        );
      } else if ('telemetry' in outcome) {
        const telemetry = telemetryOf(outcome.telemetry, record === undefined && !frame.isRow ? frame.text : null);
        read.push({ line: frame.line, source, ...(entry === undefined ? {} : { entry }), telemetry });
      } else {
        const text = record === undefined ? frame.text : typeof record === 'string' ? record : JSON.stringify(record);
        const raw = storable(text.slice(0, options.limits.recordBytes));
        read.push(received(frame.line, source, entry, { ...outcome.reject, raw }));
      }
    }
  }
  return read;
}

/** `whole` is the JSON of the frame when the record is all of it. */
function telemetryOf(record: unknown, whole: string | null): ReceivedTelemetry['telemetry'] {
  if (typeof record === 'string') return { record, text: record, format: 'text' };
  return { record, text: whole === null ? JSON.stringify(record) : storable(whole), format: 'json' };
}

function received(
  line: number,
  source: string,
  entry: string | undefined,
  why: Pick<Reject, 'reason' | 'detail' | 'raw'>,
): Received {
  const detail = storable(entry === undefined ? why.detail : `${entry}: ${why.detail}`).slice(0, 500);
  const reject: Reject = { line, source, reason: why.reason, detail: detail.toWellFormed(), raw: why.raw };
  return entry === undefined ? { line, source, reject } : { line, source, entry, reject };
}
