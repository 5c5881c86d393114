import { devicelessId, ungroupedId, type VisibilityReason, visibilityReasons } from '@throughline/model';
import { expect, test } from 'vitest';
import { explainVisibility, type VisibilityCase, visibilitySentence } from './visibility.ts';

const of = (groups: number[], source = 'edr') => [{ groups, source }];
const edr = { mode: 'selected', sources: ['edr'] } as const;
const usual: VisibilityCase = {
  disabled: false,
  permissions: ['incidents.read'],
  groups: [4],
  sources: null,
  alerts: of([4]),
};

test.each<[VisibilityReason, boolean, Partial<VisibilityCase>]>([
  ['accountDisabled', false, { disabled: true, groups: null }],
  ['roleDoesNotRead', false, { permissions: ['tokens.own'], groups: null }],
  ['noSuchIncident', false, { groups: null, alerts: null }],
  ['unscoped', true, { groups: null, alerts: of([devicelessId]) }],
  ['deviceInScope', true, { groups: [2, 4], alerts: of([devicelessId, ungroupedId, 4]) }],
  ['deviceInScope', true, { groups: [ungroupedId], alerts: of([ungroupedId]) }],
  ['sourceInScope', true, { groups: null, sources: edr }],
  ['sourcesOutOfScope', false, { groups: null, sources: edr, alerts: of([4], 'mail') }],
  ['sourcesOutOfScope', false, { sources: edr, alerts: of([4], 'mail') }],
  ['sourcesOutOfScope', false, { sources: edr, alerts: [...of([4], 'mail'), ...of([7])] }],
  ['devicesOutOfScope', false, { sources: edr, alerts: of([7]) }],
  ['deviceInScope', true, { sources: edr, alerts: of([4]) }],
  ['devicelessShown', true, { groups: [2, devicelessId], alerts: of([devicelessId, 7]) }],
  ['devicelessHidden', false, { alerts: of([devicelessId]) }],
  ['devicesOutOfScope', false, { alerts: of([ungroupedId, 7]) }],
  ['devicesOutOfScope', false, { alerts: of([devicelessId, 7]) }],
])('%s: %s', (reason, visible, part) => {
  expect(explainVisibility({ ...usual, ...part })).toEqual({ visible, reason });
});

test('every reason has a sentence that says whether it is visible', () => {
  for (const reason of visibilityReasons) expect(visibilitySentence(reason)).toMatch(/^(Visible|Not visible): .+\.$/);
});
