import { type Fields, fields, isFields, list, text } from '../../field/value.ts';
import { when } from '../row/when.ts';
import { eventId, eventRecordId } from './event-number.ts';
import type { WindowsEvent } from './windows-event.ts';

/** True for `{Event: {System, EventData}}` as converters of EVTX and XML write it, or its inner part alone. */
export function isNestedEvent(record: Fields): boolean {
  if (isFields(record.Event)) return isFields(record.Event.System);
  return isFields(record.System) && ('EventID' in record.System || 'Channel' in record.System);
}

/** Reads an event whose System, EventData and UserData are nested, in the spellings of several converters. */
export function readNestedEvent(record: Fields, now: Date): WindowsEvent {
  const event = isFields(record.Event) ? record.Event : record;
  const system = fields(event.System);
  const provider = attribute(system.Provider, 'Name') ?? text(system.Provider_Name) ?? plain(system.Provider) ?? '';
  const channel = plain(system.Channel) ?? '';
  const computer = plain(system.Computer);
  const id = eventId(plain(system.EventID));
  const created = attribute(system.TimeCreated, 'SystemTime') ?? plain(system.TimeCreated) ?? plain(system.SystemTime);
  const recordId = eventRecordId(plain(system.EventRecordID));
  const data = dataOf(event);
  const execution = (name: string) => attribute(system.Execution, name) ?? undefined;
  const userId = attribute(system.Security, 'UserID') ?? undefined;
  return {
    id,
    channel,
    provider,
    computer,
    when: when('System.TimeCreated', now, created, data.UtcTime),
    recordId,
    fields: {
      Level: plain(system.Level) ?? undefined,
      Task: plain(system.Task) ?? undefined,
      Opcode: plain(system.Opcode) ?? undefined,
      Keywords: plain(system.Keywords) ?? undefined,
      ...data,
      EventID: id,
      Channel: channel,
      Provider_Name: provider,
      Computer: computer,
    },
    data,
    ownData: () => data,
    system: {
      Level: plain(system.Level),
      Task: plain(system.Task),
      Opcode: plain(system.Opcode),
      Keywords: plain(system.Keywords),
      Version: plain(system.Version),
      SystemProcessId: execution('ProcessID'),
      SystemThreadId: execution('ThreadID'),
      SystemUserId: userId,
      Correlation: attribute(system.Correlation, 'ActivityID') ?? undefined,
    },
  };
}

/** An attribute, under the object itself or under the keys converters put attributes in ("#attributes", "$", "@Name"). */
function attribute(element: unknown, name: string): string | null {
  if (!isFields(element)) return null;
  for (const held of [element, element['#attributes'], element.$, element['@attributes']]) {
    if (isFields(held)) {
      const found = text(held[name]) ?? text(held[`@${name}`]);
      if (found !== null) return found;
    }
  }
  return null;
}

/** The text of an element, which converters write alone or beside its attributes. */
function plain(element: unknown): string | null {
  if (!isFields(element)) return text(element);
  return text(element['#text']) ?? text(element._) ?? text(element.Value) ?? text(element.text) ?? null;
}

function dataOf(event: Fields): Fields {
  const data: Fields = {};
  const held = event.EventData ?? event.UserData;
  if (isFields(event.UserData)) {
    // UserData holds one element whose children are the fields.
    for (const child of Object.values(event.UserData)) if (isFields(child)) addFields(data, child);
    if (Object.keys(data).length === 0) addFields(data, event.UserData);
  }
  if (isFields(event.EventData)) addFields(data, event.EventData);
  else if (Array.isArray(held)) addNamed(data, held);
  return data;
}

function addFields(data: Fields, held: Fields): void {
  for (const name in held) {
    if (name === '#attributes' || name === '$' || name.startsWith('@') || name.startsWith('xmlns')) continue;
    const value = held[name];
    if (name === 'Data' && typeof value === 'object' && value !== null)
      addNamed(data, isFields(value) ? [value] : list(value));
    else data[name] = isFields(value) ? (plain(value) ?? undefined) : value;
  }
}

/** `<Data Name="x">…` as a list; elements without a name are the lines of `Data`. */
function addNamed(data: Fields, items: readonly unknown[]): void {
  const nameless: string[] = [];
  for (const item of items) {
    const name = attribute(item, 'Name');
    const texts = isFields(item) && Array.isArray(item['#text']) ? item['#text'].map(text) : [plain(item)];
    if (name !== null) data[name] = texts[0] ?? '';
    else for (const one of texts) if (one !== null) nameless.push(one);
  }
  if (nameless.length > 0) data.Data = nameless.join('\n');
}
