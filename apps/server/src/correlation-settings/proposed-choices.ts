import { refuseNumbers, withoutDefaults } from '@throughline/correlate';
import type { CorrelationChoices, CorrelationException, ProposedChoices } from '@throughline/model';
import { ApiError } from '../http/api-error.ts';

export type Chooser = { by: string; now: Date; newId: () => string };

/**
 * What a person proposes as it is kept: numbers that differ from the defaults; exceptions with who made them and when,
 * which for those kept as they were is as before.
 *
 * @throws ApiError 400 naming the number or exception that does not fit.
 */
export function choicesOf(proposed: ProposedChoices, before: CorrelationChoices, chooser: Chooser): CorrelationChoices {
  const refusal = refuseNumbers(proposed.numbers);
  if (refusal !== null) throw new ApiError(400, 'invalidRequest', refusal, { target: 'choices.numbers' });
  return {
    numbers: withoutDefaults(proposed.numbers),
    restrictToDeviceGroups: proposed.restrictToDeviceGroups,
    exceptions: exceptionsOf(proposed.exceptions, before.exceptions, chooser),
  };
}

function exceptionsOf(
  proposed: ProposedChoices['exceptions'],
  before: readonly CorrelationException[],
  { by, now, newId }: Chooser,
): CorrelationException[] {
  const known = new Map(before.map((exception) => [exception.id, exception]));
  const about = new Set<string>();
  return proposed.map(({ id, ...fields }) => {
    // An entity can stand alone and be a hub; it cannot be both kinds of hub.
    const part = fields.effect === 'standAlone' ? 'standAlone' : 'hub';
    const key = JSON.stringify([fields.subject, fields.value, part]);
    if (about.has(key)) {
      const message = `Two exceptions are about the same: ${fields.name}. Keep one of them.`;
      throw new ApiError(400, 'invalidRequest', message, { target: 'choices.exceptions' });
    }
    about.add(key);
    const was = id === null ? undefined : known.get(id);
    if (was === undefined) return { id: newId(), ...fields, createdBy: by, createdDateTime: now.toISOString() };
    const { createdBy, createdDateTime, ...same } = was;
    return isSame({ id: was.id, ...fields }, same)
      ? was
      : { id: was.id, ...fields, createdBy: by, createdDateTime: now.toISOString() };
  });
}

function isSame(a: object, b: object): boolean {
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}
