import type { CorrelationChoices, CorrelationParameter, ProposedChoices } from '@throughline/model';

export type DraftException = ProposedChoices['exceptions'][number];

/** Choices being made: numbers as they are typed, where they are not the default. */
export interface Draft {
  texts: Record<string, string>;
  restrictToDeviceGroups: boolean;
  exceptions: DraftException[];
}

/** The choices as they are, ready to be changed. */
export function draftOf({ numbers, restrictToDeviceGroups, exceptions }: CorrelationChoices): Draft {
  return {
    texts: Object.fromEntries(Object.entries(numbers).map(([id, value]) => [id, String(value)])),
    restrictToDeviceGroups,
    exceptions: exceptions.map(({ createdBy: _, createdDateTime: __, ...exception }) => exception),
  };
}

/** A typed number, or undefined for none. A comma is a decimal point to many. */
export function numberOf(text: string): number | undefined {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) ? undefined : value;
}

/** What is wrong with a typed number, or undefined. */
export function wrongNumber({ min, max, whole }: CorrelationParameter, text: string): string | undefined {
  const value = numberOf(text);
  const range = `${whole ? 'a whole number' : 'a number'} from ${figure(min)} to ${figure(max)}`;
  return value === undefined || value < min || value > max || (whole && !Number.isInteger(value))
    ? `Enter ${range}.`
    : undefined;
}

/** What a draft proposes. Numbers that are none are left out: they cannot be sent. */
export function proposalOf(draft: Draft, parameters: readonly CorrelationParameter[]): ProposedChoices {
  const numbers: Record<string, number> = {};
  for (const { id, default: shipped } of parameters) {
    const value = numberOf(draft.texts[id] ?? '');
    if (value !== undefined && value !== shipped) numbers[id] = value;
  }
  const { restrictToDeviceGroups, exceptions } = draft;
  return { numbers, restrictToDeviceGroups, exceptions };
}

/** What a draft changes, a line each, in words; empty when it changes nothing. */
export function changesOf(
  draft: Draft,
  choices: CorrelationChoices,
  parameters: readonly CorrelationParameter[],
): string[] {
  const proposed = proposalOf(draft, parameters);
  const changes: string[] = [];
  for (const { id, label, default: shipped } of parameters) {
    const was = choices.numbers[id] ?? shipped;
    const becomes = proposed.numbers[id] ?? shipped;
    if (was !== becomes) changes.push(`${label}: ${figure(was)} → ${figure(becomes)}`);
  }
  if (proposed.restrictToDeviceGroups !== choices.restrictToDeviceGroups) {
    changes.push(`Keep incidents within device groups: ${proposed.restrictToDeviceGroups ? 'on' : 'off'}`);
  }
  const before = new Map(draftOf(choices).exceptions.map((exception) => [exception.id, exception]));
  for (const exception of proposed.exceptions) {
    const was = before.get(exception.id);
    before.delete(exception.id);
    if (exception.id === null || was === undefined) changes.push(`New exception: ${exception.name}`);
    else if (!same(was, exception)) changes.push(`Changed exception: ${exception.name}`);
  }
  for (const { name } of before.values()) changes.push(`Removed exception: ${name}`);
  return changes;
}

/** Whether every typed number is one, within its range. */
export function isValid({ texts }: Draft, parameters: readonly CorrelationParameter[]): boolean {
  return parameters.every((parameter) => {
    const text = texts[parameter.id];
    return text === undefined || wrongNumber(parameter, text) === undefined;
  });
}

/** 0.0003 as people read it. */
export function figure(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 6, useGrouping: value >= 10_000 });
}

function same(a: DraftException, b: DraftException): boolean {
  const fields = ['subject', 'effect', 'value', 'name', 'kind', 'reason', 'expiresDateTime'] as const;
  return fields.every((field) => a[field] === b[field]);
}
