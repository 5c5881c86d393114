import type { Clock } from './clock.ts';

/** The feeds of the demo, named like the intake formats that read them, and the ending of the files they would write. */
export const feeds = {
  graph: 'ndjson',
  sentinel: 'ndjson',
  elastic: 'ndjson',
  suricata: 'ndjson',
  wazuh: 'ndjson',
  ocsf: 'ndjson',
  cef: 'log',
} as const;
export type Feed = keyof typeof feeds;

/** One alert in the shape in which its product sends it. */
export type Entry = {
  feed: Feed;
  /** The alert's id in its product; for feeds that number nothing, what makes the alert unique there. */
  id: string;
  time: Date;
  /** One line: JSON, or the syslog line of a feed that is not JSON. */
  line: string;
};

/** An act of the story: its alerts, in no particular order, on the given clock. */
export type Act = (at: Clock) => Entry[];
