import type { Clock } from './clock.ts';

/**
 * The feeds of the demo: products that raise alerts, and last the logs that our own detections judge. They are
 * named like the intake formats that read them; the value is the ending of the files they would write.
 */
export const feeds = {
  graph: 'ndjson',
  sentinel: 'ndjson',
  elastic: 'ndjson',
  suricata: 'ndjson',
  wazuh: 'ndjson',
  ocsf: 'ndjson',
  cef: 'log',
  windowsEvent: 'ndjson',
} as const;
export type Feed = keyof typeof feeds;

/** One alert, or one record of a log, in the shape in which its product sends it. */
export type Entry = {
  feed: Feed;
  /** Its id in its product; for feeds that number nothing, what makes it unique there. */
  id: string;
  time: Date;
  /** One line: JSON, or the syslog line of a feed that is not JSON. */
  line: string;
};

/** An act of the story: its alerts, in no particular order, on the given clock. */
export type Act = (at: Clock) => Entry[];
