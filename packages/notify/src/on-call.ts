import type { OnCallPerson, OnCallScheduleBody } from '@throughline/model';
import { addDays, daysBetween, instantOf, localTime } from './zone-time.ts';

type Rotation = Pick<OnCallScheduleBody, 'timeZone' | 'firstDay' | 'handover' | 'every' | 'people' | 'overrides'>;

/** Somebody's turn; `from` and `to` are ms UTC. */
export type Turn = { from: number; to: number; person: OnCallPerson; override: boolean };

const lengths = { day: 1, week: 7 };

/**
 * Who is on call at an instant (ms UTC). Turns change at the same time on the wall, so that one over a change of clocks
 * lasts an hour less or more. Undefined only without people.
 */
export function onCallAt(rotation: Rotation, at: number): OnCallPerson | undefined {
  const override = overrideAt(rotation, at);
  if (override !== undefined) return override;
  const { people } = rotation;
  const turn = turnNumber(rotation, at);
  return people[((turn % people.length) + people.length) % people.length];
}

/** The turns from one instant to another (ms UTC), cut at both ends; neighbouring turns of one person are one. */
export function onCallTurns(rotation: Rotation, from: number, to: number): Turn[] {
  const edges = new Set([from]);
  for (let turn = turnNumber(rotation, from) + 1; ; turn++) {
    const begin = beginOf(rotation, turn);
    if (begin >= to) break;
    edges.add(begin);
  }
  for (const override of rotation.overrides) {
    for (const edge of [Date.parse(override.from), Date.parse(override.to)]) {
      if (edge > from && edge < to) edges.add(edge);
    }
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const turns: Turn[] = [];
  sorted.forEach((begin, index) => {
    const person = onCallAt(rotation, begin);
    if (person === undefined) return;
    const override = overrideAt(rotation, begin) !== undefined;
    const last = turns.at(-1);
    const end = sorted[index + 1] ?? to;
    if (last?.person.mail === person.mail && last.override === override) last.to = end;
    else turns.push({ from: begin, to: end, person, override });
  });
  return turns;
}

// The later in the list wins: it was added last.
function overrideAt({ overrides }: Rotation, at: number): OnCallPerson | undefined {
  return overrides.findLast(({ from, to }) => Date.parse(from) <= at && at < Date.parse(to))?.person;
}

function turnNumber(rotation: Rotation, at: number): number {
  const days = daysBetween(rotation.firstDay, localTime(at, rotation.timeZone).date);
  let turn = Math.floor(days / lengths[rotation.every]);
  while (at < beginOf(rotation, turn)) turn--;
  while (at >= beginOf(rotation, turn + 1)) turn++;
  return turn;
}

function beginOf({ firstDay, handover, every, timeZone }: Rotation, turn: number): number {
  return instantOf(addDays(firstDay, turn * lengths[every]), handover, timeZone);
}
