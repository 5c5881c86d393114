import { endpointHabits } from './background/endpoint.ts';
import { networkHabits } from './background/network.ts';
import { peopleHabits } from './background/people.ts';
import { smallIncidents } from './background/small-incidents.ts';
import type { Clock } from './clock.ts';
import type { Act, Entry } from './entry.ts';
import { credentials } from './story/credentials.ts';
import { domain } from './story/domain.ts';
import { exfiltration } from './story/exfiltration.ts';
import { foothold } from './story/foothold.ts';
import { mailboxes } from './story/mailbox.ts';
import { night } from './story/night.ts';
import { phish } from './story/phish.ts';
import { spread } from './story/spread.ts';
import { tokenTheft } from './story/token-theft.ts';
import { attackTelemetry } from './telemetry/attack-telemetry.ts';
import { everydayTelemetry } from './telemetry/everyday-telemetry.ts';

const acts: Act[] = [phish, tokenTheft, mailboxes, foothold, credentials, spread, night, domain, exfiltration];

/** Every alert of the attack, in the order of time. */
export function attackEntries(at: Clock): Entry[] {
  return inOrder(acts.flatMap((act) => act(at)));
}

/** Every alert that has nothing to do with the attack, in the order of time. */
export function backgroundEntries(at: Clock): Entry[] {
  const habits = [...networkHabits, ...endpointHabits, ...peopleHabits];
  return inOrder([...habits.flatMap((habit) => habit(at)), ...smallIncidents(at)]);
}

/** What Windows logs say of the attack and of ordinary days, in the order of time. */
export function telemetryEntries(at: Clock): Entry[] {
  return inOrder([...attackTelemetry(at), ...everydayTelemetry(at)]);
}

/** By time; at the same moment by feed and id, so that the order never depends on the order of writing. */
export function inOrder(entries: Entry[]): Entry[] {
  return entries.sort(
    (a, b) => a.time.getTime() - b.time.getTime() || compare(`${a.feed} ${a.id}`, `${b.feed} ${b.id}`),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
