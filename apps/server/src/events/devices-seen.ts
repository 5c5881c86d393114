import type { DeviceSeen, EventRecord } from '@throughline/store';

const dayMs = 86_400_000;
const mostRemembered = 100_000;

/**
 * Remembers which devices were noted, so that one is written again only when it is new or was last noted a day of events
 * ago.
 */
export class DevicesSeen {
  readonly #noted = new Map<string, number>();

  /** The devices of stored records that are to be noted. */
  of(records: readonly EventRecord[]): DeviceSeen[] {
    const found = new Map<string, DeviceSeen>();
    for (const { rows, time } of records) {
      for (const { values } of rows) {
        const id = nameOf(values.DeviceId);
        const name = nameOf(values.DeviceName) || nameOf(values.Computer);
        if (id === '' && name === '') continue;
        const key = `${id}\n${name}`;
        const known = found.get(key);
        if (known === undefined) found.set(key, { id, name, first: time, last: time });
        else {
          known.first = Math.min(known.first, time);
          known.last = Math.max(known.last, time);
        }
      }
    }
    return [...found.values()].filter(({ id, name, last }) => {
      const noted = this.#noted.get(`${id}\n${name}`);
      return noted === undefined || last - noted > dayMs;
    });
  }

  /** They are written. */
  noted(devices: readonly DeviceSeen[]): void {
    if (this.#noted.size > mostRemembered) this.#noted.clear();
    for (const { id, name, last } of devices) this.#noted.set(`${id}\n${name}`, last);
  }
}

function nameOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 500) : '';
}
