import type { Clock } from '../clock.ts';
import type { Entry } from '../entry.ts';
import { Dice } from './random.ts';

/** Days of the story: five before the attack and its two. */
export const days = [-4, -3, -2, -1, 0, 1, 2] as const;

export type Habit = {
  /** Also the seed: renaming a habit moves its alerts. */
  name: string;
  perDay: number;
  /** Hours of the day in which it fires, first and last included. */
  hours: [number, number];
  /** One alert; `key` is unique in the habit. */
  alert: (time: Date, key: string, dice: Dice, index: number) => Entry;
};

/** The alerts of a detector that fires day after day. Nothing is later than 17:30 on the last day. */
export function alertsOf(habit: Habit, at: Clock): Entry[] {
  const dice = new Dice(habit.name);
  return days.flatMap((day) =>
    Array.from({ length: habit.perDay }, (_, index) => {
      const hour = dice.between(habit.hours[0], Math.min(habit.hours[1], day === 2 ? 16 : 23));
      const moment = `${day} ${two(hour)}:${two(dice.between(0, 59))}:${two(dice.between(0, 59))}`;
      return habit.alert(at(moment), `${habit.name} ${day} ${index}`, dice, index);
    }),
  );
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
