import { pickText } from '../app/search-params.ts';

const names = [
  'q',
  'status',
  'severity',
  'assignee',
  'tag',
  'source',
  'tactic',
  'classification',
  'group',
  'entity',
  'from',
  'to',
  'kind',
  'sort',
  'dir',
  'hide',
  'rows',
  'strip',
  'panel',
] as const;

/** The queue's address as flat text; `readQueue` gives it meaning. */
export type QueueSearch = { [name in (typeof names)[number]]?: string };

/** Keeps what the queue knows; an old or unknown parameter is ignored, never an error. */
export function readQueueSearch(search: Record<string, unknown>): QueueSearch {
  return pickText(search, names);
}
