import { deviceFactsOf } from '@throughline/access';
import type { ResolvedMention } from '@throughline/correlate';
import type { Alert, DeviceFacts, EntityKind } from '@throughline/model';
import type { EntityKeyWrite, EntitySeen, EntityWrite, MentionWrite } from '@throughline/store';

type Span = { first: number; last: number };

/** Collects what a few batches learn about entities, in the order it was learned. */
export class EntityJournal {
  readonly keys: EntityKeyWrite[] = [];
  readonly redirects: { from: string; into: string }[] = [];
  readonly mentions: MentionWrite[] = [];
  readonly devices: (DeviceFacts & { entityId: string })[] = [];
  readonly #created = new Map<string, { id: string; kind: EntityKind }>();
  readonly #spans = new Map<string, Span>();
  readonly #names = new Map<string, string>();

  /** Notes the mentions of an alert, each under the best name of its identity; `span` (ms UTC) is when it happened. */
  note(alert: Alert, mentions: readonly ResolvedMention[], span: Span): void {
    const firstSeen = iso(span.first);
    const lastSeen = iso(span.last);
    for (const { mention, resolution } of mentions) {
      const { id } = resolution;
      this.#names.set(id, mention.name);
      if (resolution.created) this.#created.set(id, { id, kind: mention.kind });
      for (const key of resolution.learned) this.keys.push({ entityId: id, kind: mention.kind, key });
      for (const from of resolution.absorbed) this.redirects.push({ from, into: id });
      this.#widen(id, span);
      const { kind, roles, evidenceIndex } = mention;
      const facts = kind === 'device' ? deviceFactsOf(alert.evidence[evidenceIndex]) : null;
      if (facts !== null) this.devices.push({ entityId: id, ...facts });
      this.mentions.push({ alertId: alert.id, entityId: id, kind, roles, evidenceIndex, firstSeen, lastSeen });
    }
  }

  get entities(): EntityWrite[] {
    return [...this.#created.values()].map((entity) => ({ ...entity, ...this.#seen(entity.id) }));
  }

  get seen(): EntitySeen[] {
    const known = [...this.#spans.keys()].filter((id) => !this.#created.has(id));
    return known.map((entityId) => ({ entityId, ...this.#seen(entityId) }));
  }

  #seen(id: string): { name: string; firstSeen: string; lastSeen: string } {
    const span = this.#spans.get(id) ?? { first: 0, last: 0 };
    return { name: this.#names.get(id) ?? id, firstSeen: iso(span.first), lastSeen: iso(span.last) };
  }

  #widen(id: string, { first, last }: Span): void {
    const span = this.#spans.get(id);
    if (!span) this.#spans.set(id, { first, last });
    else {
      span.first = Math.min(span.first, first);
      span.last = Math.max(span.last, last);
    }
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
