import type { ExceptionEffect, ExceptionSubject, ParameterGroup, ParameterUnit } from '@throughline/model';

/** Groups of numbers: what they are called and about, in the order they are shown. */
export const groupWords: Record<ParameterGroup, { title: string; lead: string; fine?: true }> = {
  line: {
    title: 'Lines',
    lead: 'Scores are in nats, the natural logarithm of odds against chance: 6 is about 1 in 400, 3 is 1 in 20.',
  },
  windows: { title: 'Windows', lead: 'For how long things count. Distances are in event time.' },
  limits: { title: 'Size', lead: 'How large an incident may become.' },
  hubs: {
    title: 'Hubs',
    lead: 'Proxies, scanners and shared accounts are found by how many assets they are seen with.',
  },
  weights: { title: 'Signals', lead: 'How much each thing that speaks for a link may say.', fine: true },
  habit: { title: 'Habits', lead: 'How it is learned what is usual for a detector on an asset.', fine: true },
  chance: {
    title: 'Chance of a coincidence',
    lead: 'How likely a new artefact of each kind is met by accident in an hour.',
    fine: true,
  },
  kinds: { title: 'Trust in each kind', lead: 'How far sharing an entity of a kind counts.', fine: true },
};

export const unitWords: Record<ParameterUnit, string> = {
  nats: 'nats',
  weight: '×',
  share: 'share',
  chance: 'per hour',
  seconds: 'seconds',
  minutes: 'minutes',
  hours: 'hours',
  days: 'days',
  alerts: 'alerts',
  assets: 'assets',
  detectors: 'detectors',
  echoes: 'echoes',
  firings: 'firings',
  times: 'times',
};

export const subjectWords: Record<ExceptionSubject, string> = {
  detection: 'Detection',
  title: 'Alert title',
  product: 'Product',
  source: 'Source',
  entity: 'Entity',
};

export const effectWords: Record<ExceptionEffect, { label: string; hint: string }> = {
  standAlone: {
    label: 'Stands alone',
    hint: 'Every alert that carries it opens an incident of its own, and nothing joins that.',
  },
  alwaysHub: {
    label: 'Always a hub',
    hint: 'It links nothing; its alerts are linked by what else they share. For NAT gateways, scanners, shared accounts.',
  },
  neverHub: {
    label: 'Never a hub',
    hint: 'It links in full, however many assets share it. For what is shared by an attack only.',
  },
};
