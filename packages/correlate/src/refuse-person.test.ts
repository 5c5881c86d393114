import { describe, expect, it } from 'vitest';
import { defaultConfig } from './default-config.ts';
import { type MergeCandidate, refusesPersonsMerge, survivorOf } from './refuse-person.ts';

const plain: MergeCandidate = {
  id: 1,
  status: 'active',
  assignedTo: null,
  classification: 'unknown',
  determination: 'unknown',
  different: 3,
  deviceGroup: null,
};
const config = { ...defaultConfig, maxAlerts: 10, maxAssets: 10, restrictToDeviceGroups: true };
const others: [string, Partial<MergeCandidate>, Partial<MergeCandidate>, string | null][] = [
  ['nothing in the way', {}, {}, null],
  ['one in progress', { status: 'inProgress' }, {}, null],
  ['one resolved', { status: 'resolved' }, {}, 'resolved'],
  ['one with an owner', { assignedTo: 'ada' }, {}, null],
  ['the same owner', { assignedTo: 'ada' }, { assignedTo: 'ada' }, null],
  ['two owners', { assignedTo: 'ada' }, { assignedTo: 'bob' }, 'differentOwner'],
  ['one verdict', { classification: 'truePositive', determination: 'malware' }, {}, null],
  ['two verdicts', { classification: 'truePositive' }, { classification: 'falsePositive' }, 'differentClassification'],
  [
    'two determinations',
    { classification: 'truePositive', determination: 'malware' },
    { classification: 'truePositive', determination: 'phishing' },
    'differentClassification',
  ],
  ['just room', { different: 7 }, {}, null],
  ['no room', { different: 8 }, {}, 'full'],
  ['one device group', { deviceGroup: 'a' }, {}, null],
  ['two device groups', { deviceGroup: 'a' }, { deviceGroup: 'b' }, 'deviceGroup'],
];

describe('a merge by a person', () => {
  it.each(others)('%s', (_, one, other, reason) => {
    const incidents = [
      { ...plain, ...one },
      { ...plain, id: 2, ...other },
    ];
    expect(refusesPersonsMerge(incidents, 10, config)?.reason ?? null).toBe(reason);
    expect(refusesPersonsMerge(incidents.toReversed(), 10, config)?.reason ?? null).toBe(reason);
  });

  it('is refused when it names too many assets', () => {
    expect(refusesPersonsMerge([plain, plain], 11, config)?.reason).toBe('tooManyEntities');
  });

  it('crosses device groups where correlation does', () => {
    const incidents = [
      { ...plain, deviceGroup: 'a' },
      { ...plain, deviceGroup: 'b' },
    ];
    expect(refusesPersonsMerge(incidents, 2, { ...config, restrictToDeviceGroups: false })).toBeNull();
  });

  it('goes into the incident people work on, else into the oldest', () => {
    expect(survivorOf([{ ...plain, id: 3 }, plain])).toBe(1);
    expect(survivorOf([plain, { ...plain, id: 3, assignedTo: 'ada' }])).toBe(3);
  });
});
