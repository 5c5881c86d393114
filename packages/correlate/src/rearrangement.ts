import type { Decision } from '@throughline/model';
import { isAssetKind, tacticMask } from '@throughline/model';
import type { CorrelationConfig } from './config.ts';
import { continueRun } from './continue-run.ts';
import { countAlert, leadsOn } from './count-alert.ts';
import type { Posting } from './entity-record.ts';
import { maxKnownAssets, maxKnownDetectors } from './incident-table.ts';
import { countedEntities, type Observation } from './observation.ts';
import { fingerprint, isRepeat } from './repeats.ts';

/** An incident as correlation remembers it; `assets` are entity ids, `detectors` names. */
export type RememberedIncident = {
  id: number;
  background: boolean;
  alerts: number;
  different: number;
  first: number;
  last: number;
  lastAlertId: string;
  tactics: number;
  deviceGroup: string | null;
  assets: string[];
  detectors: string[];
};

/**
 * What a person's rearrangement of incidents means to correlation: plain JSON, kept with the journal, so that a rebuilt
 * engine remembers as the one that lived through it.
 */
export type Rearrangement = {
  moves: [alertId: string, into: number][];
  /** Incidents absorbed by another, or set free again (null). */
  redirects: [from: number, into: number | null][];
  /** The incidents concerned that hold alerts, as they are afterwards. */
  incidents: RememberedIncident[];
  /** Where their entities lead, by entity id. */
  postings: [entityId: string, postings: Posting[]][];
  /** Pairs that are not to be merged automatically, and pairs that may be again. */
  apart: [number, number][];
  together: [number, number][];
};

/** An alert with what was decided about it, in order of correlation. */
export type DecidedAlert = { observation: Observation; decision: Decision };

/** What correlation is to remember of incidents, from their alerts one by one. */
export type Remembering = {
  /** One more alert of an incident, in order of correlation. */
  add(incidentId: number, alert: DecidedAlert): void;
  done(): Pick<Rearrangement, 'incidents' | 'postings'>;
};

/** What correlation is to remember of incidents that now hold these alerts, as if they had come to them. */
export function remembered(
  incidents: ReadonlyMap<number, readonly DecidedAlert[]>,
  config: CorrelationConfig,
): Pick<Rearrangement, 'incidents' | 'postings'> {
  const remembering = remember(config);
  for (const [id, alerts] of incidents) for (const alert of alerts) remembering.add(id, alert);
  return remembering.done();
}

/** A fold that keeps nothing of an alert but what is remembered: repeats cost no memory, however many. */
export function remember(config: CorrelationConfig): Remembering {
  const records = new Map<number, { record: RememberedIncident; different: Set<number> }>();
  const postings = new Map<string, Map<number, Posting>>();
  return {
    add(id, { observation, decision }) {
      const known = records.get(id) ?? { record: emptyRecord(id, observation), different: new Set() };
      records.set(id, known);
      const { record, different } = known;
      countAlert(record, observation);
      if (isRepeat(decision)) return;
      different.add(fingerprint(observation));
      take(record, observation, decision);
      if (!leadsOn(observation, decision, config)) return;
      addKnown(record.detectors, observation.detector, maxKnownDetectors);
      for (const entity of countedEntities(observation, config.limits.entitiesPerAlert)) {
        if (isAssetKind(entity.kind)) addKnown(record.assets, entity.id, maxKnownAssets);
        const own = postings.get(entity.id) ?? new Map<number, Posting>();
        own.set(id, continueRun(own.get(id), id, observation, decision.novelty, config.assetTime));
        postings.set(entity.id, own);
      }
    },
    done() {
      const incidents = [...records.values()].map(({ record, different }) => ({
        ...record,
        different: different.size,
      }));
      return {
        incidents: incidents.sort((a, b) => a.id - b.id),
        postings: [...postings].map(([entityId, own]) => [entityId, [...own.values()]]),
      };
    },
  };
}

function emptyRecord(id: number, { time }: Observation): RememberedIncident {
  const counts = { alerts: 0, different: 0, first: time, last: time, tactics: 0 };
  return { id, background: true, ...counts, lastAlertId: '', deviceGroup: null, assets: [], detectors: [] };
}

function take(record: RememberedIncident, o: Observation, d: Decision): void {
  record.background &&= d.kind === 'background';
  record.tactics |= tacticMask(o.tactics);
  record.deviceGroup ??= o.deviceGroup ?? null;
}

function addKnown(known: string[], name: string, most: number): void {
  if (known.length < most && !known.includes(name)) known.push(name);
}
