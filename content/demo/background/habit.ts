import type { Clock } from '../clock.ts';
import type { Entry } from '../entry.ts';
import { Dice } from './random.ts';

/** Days of the story: five before the attack and its two. */
const days = [-4, -3, -2, -1, 0, 1, 2] as const;
/** Nothing of the background is later than this on the last day. */
const lastHour = 16;

export type Habit<Who> = {
  /** Also the seed: renaming a habit moves its alerts. */
  name: string;
  /** On whom or what it fires. */
  on: readonly Who[];
  /** Times of the day at which it fires on each of them: first and last hour of each. */
  rounds: readonly (readonly [number, number])[];
  /** One alert; `key` is unique among all habits. */
  alert: (who: Who, time: Date, key: string, dice: Dice) => Entry;
};

/**
 * The alerts of a detector that fires on the same few day after day, as real noise does. Where it fires on a machine or a
 * person of the attack, its rounds keep out of the minutes in which the attack is there: nobody could tell those apart.
 */
export function habit<Who>({ name, on, rounds, alert }: Habit<Who>): (at: Clock) => Entry[] {
  return (at) => {
    const dice = new Dice(name);
    const entries: Entry[] = [];
    for (const day of days) {
      for (const [round, [first, last]] of rounds.entries()) {
        for (const [number, who] of on.entries()) {
          const hour = dice.between(first, last);
          const time = `${two(hour)}:${two(dice.between(0, 59))}:${two(dice.between(0, 59))}`;
          if (day === 2 && hour > lastHour) continue;
          entries.push(alert(who, at(`${day} ${time}`), `${name} ${day} ${round} ${number}`, dice));
        }
      }
    }
    return entries;
  };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
