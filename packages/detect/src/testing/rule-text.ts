import type { LogSource, TelemetryEvent } from '@throughline/model';
import { compile } from '../engine/compile.ts';
import type { DetectorOptions } from '../engine/detector.ts';
import { readRules } from '../rule/read-rules.ts';
import type { Placeholders } from '../value/placeholder.ts';

/** A rule over `product: test` with the detection section given, indented by nothing. */
export function ruleText(detection: string, { id = 'rule', logSource = 'product: test' } = {}): string {
  const indented = detection.trim().replaceAll('\n', '\n  ');
  return `title: Rule ${id}\nid: ${id}\nlogsource:\n  ${logSource.replaceAll('\n', '\n  ')}\ndetection:\n  ${indented}\n`;
}

export function eventOf(
  fields: Record<string, unknown>,
  logSource: LogSource = { product: 'test' },
  time = 0,
): TelemetryEvent {
  return { logSource, time, fields };
}

/** Whether a detection section holds for an event. @throws Error with the fault when the rule cannot be used */
export function holdsFor(
  detection: string,
  fields: Record<string, unknown>,
  placeholders: Placeholders = {},
  options: DetectorOptions = {},
): boolean {
  const set = readRules([{ path: 'rule.yml', text: ruleText(detection) }], { placeholders });
  if (set.faults[0] !== undefined) throw new Error(set.faults[0].reason);
  return compile(set, options).match(eventOf(fields)).length > 0;
}
