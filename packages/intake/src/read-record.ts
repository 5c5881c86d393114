import type { Alert, RejectReason } from '@throughline/model';
import { deeperThan, mayHoldUnstorable, mayNestDeeper, storable, storableDeep } from './field/hostile.ts';
import { nestedJson } from './field/nested-json.ts';
import { type Fields, isFields, text } from './field/value.ts';
import type { Frame } from './frame/frame.ts';
import type { IntakeLimits } from './limits.ts';
import { attempt, type IntakeFormat, type Outcome, type ReadContext } from './outcome.ts';
import { recognise } from './registry.ts';
import { recogniseTelemetry } from './telemetry/read-telemetry.ts';

/** An outcome with the format that gave it; `unknown` when none recognised the record. */
export type SourcedOutcome = {
  source: string;
  outcome: Outcome | { telemetry: unknown };
  /** The record itself where it stood inside a list or a wrapper. */
  record?: unknown;
};

export type RecordOptions = {
  /** The formats to ask, in order. */
  formats: readonly IntakeFormat[];
  /** The ledger's source for what nothing recognises. */
  fallback: string;
  context: ReadContext;
  limits: IntakeLimits;
  /** Telemetry is given out, not rejected. */
  telemetry: boolean;
};

/** Levels of wrapping (lists, exports, envelopes) that are opened around a record. */
const wrapLevels = 4;

/** What became of one frame of a body; at least one outcome, except for an empty list, which holds no record. */
export function readRecord(frame: Frame, options: RecordOptions): SourcedOutcome[] {
  const outcomes = readFrame(frame, options);
  if (outcomes.length > 0 || isEmptyList(frame.value)) return outcomes;
  return [refused(options.fallback, 'notAnAlert', 'the lists in it hold no record')];
}

/** `[]`, or a list response without anything beside the list and what describes it ("@odata.context"). */
function isEmptyList(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (!isFields(value)) return false;
  return Object.keys(value).every(
    (key) => key.startsWith('@') || (listKeys.some((list) => list === key) && isEmptyList(value[key])),
  );
}

function readFrame(frame: Frame, options: RecordOptions): SourcedOutcome[] {
  const { limits } = options;
  if (frame.problem !== undefined) return [refused(options.fallback, frame.problem.reason, frame.problem.detail)];
  if (frame.isLine) {
    if (frame.text.length > limits.recordBytes) return [tooLarge(options)];
    return read(storable(frame.text), options, 0, false);
  }
  let { value } = frame;
  if (mayNestDeeper(frame.text, limits.depth) && deeperThan(value, limits.depth)) {
    return [refused(options.fallback, 'tooDeep', `record nests deeper than ${limits.depth} levels (limit depth)`)];
  }
  if (mayHoldUnstorable(frame.text) || frame.text.includes('\u0000')) value = storableDeep(value);
  return read(value, options, 0, frame.text.length > limits.recordBytes);
}

function read(value: unknown, options: RecordOptions, level: number, large: boolean): SourcedOutcome[] {
  const format = recognise(value, options.formats);
  if (format !== undefined) {
    if (large && sizeOf(value) > options.limits.recordBytes) {
      const parts = partsOf(value);
      if (parts === null) return [tooLarge(options, format.name)];
    }
    const outcomes = attempt(() => format.read(value, options.context));
    const source = outcomes.length === 1 ? telemetrySource(value, options, outcomes[0]) : undefined;
    if (source !== undefined) return [{ source, outcome: { telemetry: value } }];
    return outcomes.map((outcome) => {
      if ('alert' in outcome) inOrder(outcome.alert);
      return { source: format.name, outcome };
    });
  }
  const source = large ? undefined : telemetrySource(value, options);
  if (source !== undefined) return [{ source, outcome: { telemetry: value } }];
  const inner = level < wrapLevels ? unwrap(value) : null;
  if (inner === null) {
    return large ? [tooLarge(options)] : [refused(options.fallback, ...unknown(value, options))];
  }
  const context = inner.host === null ? options.context : { ...options.context, wrapperHost: inner.host };
  const found = inner.values.flatMap((item) => {
    const tooBig = large && sizeOf(item) > options.limits.recordBytes;
    const outcomes = read(item, { ...options, context }, level + 1, tooBig);
    for (const outcome of outcomes) if (!('record' in outcome)) outcome.record = item;
    return outcomes;
  });
  return found;
}

/**
 * The telemetry format of a record that no alert format knows, or that one knows and finds no alert in (`outcome`); with a
 * source named, that one only.
 */
function telemetrySource(value: unknown, options: RecordOptions, outcome?: Outcome): string | undefined {
  if (!options.telemetry) return undefined;
  if (outcome !== undefined && !('reject' in outcome && outcome.reject.reason === 'telemetryNotStored'))
    return undefined;
  const source = recogniseTelemetry(value);
  const any = options.formats.length !== 1 || source === options.formats[0]?.name;
  return any ? source : undefined;
}

/** Clocks disagree: activity never ends before it begins. */
function inOrder(alert: Alert): void {
  if (alert.lastActivityDateTime < alert.firstActivityDateTime)
    alert.lastActivityDateTime = alert.firstActivityDateTime;
}

type Unwrapped = { values: readonly unknown[]; host: string | null };

const listKeys = ['value', 'records', 'Records', 'alerts', 'incidents', 'results', 'events', 'data'] as const;

/** The records inside a list, a list response, a search result, a Splunk export, a log shipper's message; `null` when it is none of these. */
function unwrap(value: unknown): Unwrapped | null {
  if (Array.isArray(value)) return { values: value, host: null };
  if (!isFields(value)) return null;
  for (const key of listKeys) {
    const held = value[key];
    if (Array.isArray(held) && held.every((item) => typeof item === 'object')) return { values: held, host: null };
  }
  const hits = isFields(value.hits) ? value.hits.hits : undefined;
  if (Array.isArray(hits)) return { values: hits, host: null };
  return unwrapExport(value) ?? unwrapNamed(value);
}

/** Splunk's export (`result._raw`), its collector (`event`), and shippers that put the line into `message`. */
function unwrapExport(value: Fields): Unwrapped | null {
  const result = isFields(value.result) ? value.result : value;
  for (const held of [result._raw, value.event, value.message, value.rawEvent]) {
    if (isFields(held) && 'host' in value) return { values: [held], host: text(value.host) };
    if (typeof held !== 'string' || held === '') continue;
    const parsed = nestedJson(held);
    if (parsed !== undefined) return { values: [parsed], host: text(result.host) };
    if (/^\s*<\d{1,3}>|CEF:\s?\d|LEEF:\s?\d/.test(held)) return { values: [held.trim()], host: text(result.host) };
  }
  if (typeof result._raw === 'string' && result._raw !== '') return { values: [result._raw], host: text(result.host) };
  return isFields(value.result) ? { values: [value.result], host: text(result.host) } : null;
}

/** A collection of named responses: a few keys, each a list response or a record that some format reads. */
function unwrapNamed(value: Fields): Unwrapped | null {
  const held = Object.values(value);
  if (held.length === 0 || held.length > 16) return null;
  const each = held.every(
    (item) => isFields(item) && (listKeys.some((key) => Array.isArray(item[key])) || recognise(item) !== undefined),
  );
  return each ? { values: held, host: null } : null;
}

/** The alerts of an incident, each of which is judged by its own size. */
function partsOf(value: unknown): readonly unknown[] | null {
  const alerts = isFields(value) ? value.alerts : null;
  return Array.isArray(alerts) && alerts.length > 0 ? alerts : null;
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' ? value.length : (JSON.stringify(value)?.length ?? 0);
}

function tooLarge(options: RecordOptions, source = options.fallback): SourcedOutcome {
  const { recordBytes } = options.limits;
  return refused(source, 'recordTooLarge', `record is larger than ${recordBytes} bytes (limit recordBytes)`);
}

function unknown(value: unknown, options: RecordOptions): [RejectReason, string] {
  const wanted = options.fallback === 'unknown' ? 'no format reads it' : `not a ${options.fallback} record`;
  if (isFields(value)) {
    const keys = Object.keys(value)
      .slice(0, 8)
      .map((key) => key.slice(0, 40));
    return [
      'unknownFormat',
      `${wanted}: object with ${keys.length === 0 ? 'no keys' : keys.join(', ')}`.toWellFormed(),
    ];
  }
  if (typeof value === 'string') {
    if (value.includes('\uFFFD')) return ['invalidEncoding', `${wanted}: line with bytes that are no text`];
    return ['unknownFormat', `${wanted}: text line`];
  }
  return ['notAnAlert', `${wanted}: ${value === null ? 'null' : typeof value}`];
}

function refused(source: string, reason: RejectReason, detail: string): SourcedOutcome {
  return { source, outcome: { reject: { reason, detail } } };
}
