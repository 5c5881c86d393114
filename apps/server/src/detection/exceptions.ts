import type { TelemetryEvent } from '@throughline/model';
import type { HuntingRow } from '@throughline/model/hunting';
import type { DetectionException, ExceptionCondition } from '@throughline/store';

const compare: Record<ExceptionCondition['operator'], (text: string, value: string) => boolean> = {
  equals: (text, value) => text === value,
  startsWith: (text, value) => text.startsWith(value),
  endsWith: (text, value) => text.endsWith(value),
  contains: (text, value) => text.includes(value),
};

/** The exception under which a match is no alert, if any; case does not count. */
export function exceptionFor(
  exceptions: readonly DetectionException[],
  ruleId: string,
  event: TelemetryEvent,
  rows: readonly HuntingRow[],
  now: number,
): DetectionException | undefined {
  return exceptions.find(
    ({ ruleId: of, expiresDateTime, conditions }) =>
      (of === null || of === ruleId) &&
      (expiresDateTime === null || Date.parse(expiresDateTime) > now) &&
      conditions.length > 0 &&
      conditions.every((condition) => holds(condition, event, rows)),
  );
}

function holds(
  { field, operator, values }: ExceptionCondition,
  event: TelemetryEvent,
  rows: readonly HuntingRow[],
): boolean {
  const texts = textsOf(field, event, rows);
  const agrees = compare[operator];
  return values.some((value) => {
    const wanted = value.toLowerCase();
    return wanted !== '' && texts.some((text) => agrees(text, wanted));
  });
}

/** What a field holds, of the event by its source's name, or of a row by its column. */
function textsOf(field: string, { fields }: TelemetryEvent, rows: readonly HuntingRow[]): string[] {
  const found = [
    valueAt(fields, field),
    ...rows.map(({ values }) => (Object.hasOwn(values, field) ? values[field] : undefined)),
  ];
  return found
    .flat()
    .filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    .map((value) => String(value).toLowerCase());
}

function valueAt(fields: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(fields, path)) return fields[path];
  let value: unknown = fields;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}
