import type { IncidentRow, Severity } from '@throughline/model';
import type { Query } from '../api/client.ts';
import { readList, writeList } from '../app/search-params.ts';
import { severityWords, statusWords } from '../app/words.ts';
import type { QueueSearch } from './queue-search.ts';

export const sorts = ['priority', 'severity', 'lastUpdate', 'lastActivity', 'created', 'alerts', 'name', 'id'] as const;
export type QueueSort = (typeof sorts)[number];

/** Everything one sees on the queue: what is asked, how it is ordered and drawn, what stands in the panel. */
export interface QueueState {
  q: string;
  /** An empty list is "any". */
  status: IncidentRow['status'][];
  severity: Severity[];
  assignee: string[];
  tag: string[];
  source: string[];
  tactic: string[];
  classification: string[];
  /** Ids of device groups; "-1" is no device. */
  group: string[];
  entity: string[];
  /** Instants in ISO 8601; '' is open. */
  from: string;
  to: string;
  kind: 'incident' | 'background' | 'all';
  sort: QueueSort;
  dir: 'asc' | 'desc';
  /** Columns hidden by choice. */
  hide: string[];
  rows: 'comfortable' | 'compact';
  strip: boolean;
  /** The incident in the side panel; 0 is none. */
  panel: number;
}

export const defaultQueue: QueueState = {
  q: '',
  status: ['active', 'inProgress', 'awaitingAction'],
  severity: ['high', 'medium', 'low'],
  assignee: [],
  tag: [],
  source: [],
  tactic: [],
  classification: [],
  group: [],
  entity: [],
  from: '',
  to: '',
  kind: 'incident',
  sort: 'priority',
  dir: 'desc',
  hide: ['deviceGroups'],
  rows: 'comfortable',
  strip: true,
  panel: 0,
};

export const listNames = [
  'status',
  'severity',
  'assignee',
  'tag',
  'source',
  'tactic',
  'classification',
  'group',
  'entity',
] as const;
const any = 'any';

/** Reads an address. What makes no sense falls back to the default of that part alone. */
export function readQueue(search: QueueSearch): QueueState {
  const d = defaultQueue;
  const list = (name: (typeof listNames)[number]): string[] => {
    const text = search[name];
    return text === undefined ? d[name] : text === any ? [] : readList(text);
  };
  const panel = /^inc:([1-9]\d{0,8})$/.exec(search.panel ?? '')?.[1];
  return {
    q: search.q ?? d.q,
    status: known(list('status'), statusWords, d.status),
    severity: known(list('severity'), severityWords, d.severity),
    assignee: list('assignee'),
    tag: list('tag'),
    source: list('source'),
    tactic: list('tactic'),
    classification: list('classification'),
    group: list('group').filter((id) => /^(-1|\d{1,9})$/.test(id)),
    entity: list('entity'),
    from: instant(search.from),
    to: instant(search.to),
    kind: one(search.kind, ['incident', 'background', 'all'], d.kind),
    sort: one(search.sort, sorts, d.sort),
    dir: one(search.dir, ['asc', 'desc'], d.dir),
    hide: search.hide === undefined ? d.hide : search.hide === any ? [] : readList(search.hide),
    rows: one(search.rows, ['comfortable', 'compact'], d.rows),
    strip: search.strip !== 'off',
    panel: panel === undefined ? 0 : Number(panel),
  };
}

/** Writes an address; what is as by default is left out, so that a plain queue has a plain address. */
export function writeQueue(state: QueueState): QueueSearch {
  const search: QueueSearch = {};
  const d = defaultQueue;
  if (state.q !== d.q) search.q = state.q;
  for (const name of listNames) {
    if (!sameList(state[name], d[name])) search[name] = state[name].length === 0 ? any : writeList(state[name]);
  }
  if (state.from !== d.from) search.from = state.from;
  if (state.to !== d.to) search.to = state.to;
  if (state.kind !== d.kind) search.kind = state.kind;
  if (state.sort !== d.sort) search.sort = state.sort;
  if (state.dir !== d.dir) search.dir = state.dir;
  if (!sameList(state.hide, d.hide)) search.hide = state.hide.length === 0 ? any : writeList(state.hide);
  if (state.rows !== d.rows) search.rows = state.rows;
  if (!state.strip) search.strip = 'off';
  if (state.panel !== 0) search.panel = `inc:${state.panel}`;
  return search;
}

/** The filter part as the API's query parameters. */
export function filterQuery(state: QueueState): Query {
  return {
    q: state.q,
    status: state.status,
    severity: state.severity,
    assignee: state.assignee,
    tag: state.tag,
    serviceSource: state.source,
    tactic: state.tactic,
    classification: state.classification,
    deviceGroup: state.group,
    entity: state.entity,
    from: state.from,
    to: state.to,
    kind: state.kind,
  };
}

/** Filter and order as the API's query parameters. */
export function listQuery(state: QueueState): Query {
  return { ...filterQuery(state), sort: state.sort, dir: state.dir };
}

/** How many filters differ from the default. */
export function changedFilters(state: QueueState): number {
  const lists = listNames.filter((name) => !sameList(state[name], defaultQueue[name])).length;
  return (
    lists +
    (state.kind === defaultQueue.kind ? 0 : 1) +
    (state.q === '' ? 0 : 1) +
    (state.from === '' && state.to === '' ? 0 : 1)
  );
}

/** The default filters, with the look (columns, density, order) kept. */
export function clearFilters(state: QueueState): QueueState {
  const { sort, dir, hide, rows, strip, panel } = state;
  return { ...defaultQueue, sort, dir, hide, rows, strip, panel };
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}

function known<T extends string>(list: string[], words: Readonly<Record<T, string>>, fallback: T[]): T[] {
  const kept = [...new Set(list)].filter((item): item is T => Object.hasOwn(words, item));
  return kept.length === 0 && list.length > 0 ? fallback : kept;
}

function one<const T extends string>(text: string | undefined, list: readonly T[], fallback: T): T {
  return list.find((item) => item === text) ?? fallback;
}

function instant(text: string | undefined): string {
  return text !== undefined && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : '';
}
