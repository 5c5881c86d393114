import type { LogSource, TelemetryEvent } from '@throughline/model';
import { type Expression, never, rewritten } from '../predicate/expression.ts';
import { ofField } from '../predicate/predicate.ts';
import { isFrom, knownLogSource } from './log-source.ts';
import { nativeFields, providerChannels, windowsCategories, windowsChannels } from './windows-channels.ts';

/** What events of one kind have in common; rules are chosen once a route, not once an event. */
export type Route = {
  /** Tells routes apart. */
  key: string;
  logSource: LogSource;
  /** Of Windows records, lower case. */
  channel?: string;
  /** Of Windows records. Undefined for one that no rule could ask for by number. */
  eventId?: number | undefined;
};

/** The event ids that a set of rules tells apart; every other one is routed as one. */
export type KnownIds = ReadonlySet<number>;

/** The ids that categories stand for. */
export const categoryIds: KnownIds = new Set(
  Object.values(windowsCategories).flatMap((records) => records.flatMap(({ ids }) => ids)),
);

const knownChannels: ReadonlySet<string> = new Set(Object.values(windowsChannels).flat());

/** The route of an event, with a key that takes few values whatever events say. */
export function routeOf(event: TelemetryEvent, ids: KnownIds): Route {
  const { fields } = event;
  const logSource = knownLogSource(event.logSource, fields);
  const { product = '', category = '', service = '' } = logSource;
  if (product !== 'windows') return { key: `${product}\n${category}\n${service}`, logSource };
  const channel = channelOf(logSource, fields);
  const id = Number(fields.EventID);
  const eventId = Number.isInteger(id) && ids.has(id) ? id : undefined;
  const told = knownChannels.has(channel) ? channel : '';
  return { key: `windows\n${category}\n${service}\n${told}\n${eventId}`, logSource, channel: told, eventId };
}

/**
 * What a rule of `logSource` with this detection demands of events of the route, with tests of the event id decided and
 * fields called as the records call them; `never` when the rule is not about them.
 */
export function routed(logSource: LogSource, detection: Expression, route: Route): Expression {
  if (route.channel === undefined) return isFrom(logSource, route.logSource) ? detection : never;
  const { channel, eventId } = route;
  if (logSource.product !== undefined && logSource.product !== 'windows') return never;
  const { category, service } = logSource;
  if (service !== undefined) {
    const channels = Object.hasOwn(windowsChannels, service) ? windowsChannels[service] : undefined;
    if (!(channels?.includes(channel) ?? false) && service !== route.logSource.service) return never;
  }
  if (category !== undefined && !isOfCategory(category, route)) return never;
  if (logSource.product === undefined && service === undefined && category === undefined) return never;
  const native = category === undefined ? undefined : nativeFields[`${channel} ${eventId}`];
  return rewritten(detection, (predicate) => {
    if (predicate.field === 'EventID' && predicate.kind === 'text' && eventId !== undefined) {
      return { kind: 'constant', value: predicate.pattern.test(String(eventId)) };
    }
    if (predicate.field === 'EventID' && predicate.kind === 'text' && predicate.pattern.shape === 'equals') {
      // No rule asks for this event's id by its number.
      return /^\d+$/.test(predicate.pattern.literal) ? never : undefined;
    }
    const name = predicate.field === null ? undefined : native?.[predicate.field];
    const other = predicate.kind === 'sameAs' ? native?.[predicate.other] : undefined;
    if (name === undefined && other === undefined) return undefined;
    return { kind: 'test', predicate: ofField(predicate, name ?? predicate.field ?? '', other) };
  });
}

function isOfCategory(category: string, { channel = '', eventId, logSource }: Route): boolean {
  const records = Object.hasOwn(windowsCategories, category) ? windowsCategories[category] : undefined;
  if (records === undefined || channel === '') return category === logSource.category;
  return (
    eventId !== undefined && records.some(({ channels, ids }) => channels.includes(channel) && ids.includes(eventId))
  );
}

function channelOf({ service }: LogSource, fields: Readonly<Record<string, unknown>>): string {
  const channel = fields.Channel;
  if (typeof channel === 'string' && channel !== '') return channel.toLowerCase();
  const provider = fields.Provider_Name;
  if (typeof provider === 'string') {
    const name = provider.toLowerCase();
    if (Object.hasOwn(providerChannels, name)) return providerChannels[name] ?? '';
  }
  return service !== undefined && Object.hasOwn(windowsChannels, service) ? (windowsChannels[service]?.[0] ?? '') : '';
}
