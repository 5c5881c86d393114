import { devicelessId, ungroupedId, type VisibilityReason, visibilityReasons } from '@throughline/model';
import { expect, test } from 'vitest';
import { explainVisibility, type VisibilityCase, visibilitySentence } from './visibility.ts';

const usual: VisibilityCase = { disabled: false, permissions: ['incidents.read'], groups: [4], incidentGroups: [4] };

test.each<[VisibilityReason, boolean, Partial<VisibilityCase>]>([
  ['accountDisabled', false, { disabled: true, groups: null }],
  ['roleDoesNotRead', false, { permissions: ['tokens.own'], groups: null }],
  ['noSuchIncident', false, { groups: null, incidentGroups: null }],
  ['unscoped', true, { groups: null, incidentGroups: [devicelessId] }],
  ['deviceInScope', true, { groups: [2, 4], incidentGroups: [devicelessId, ungroupedId, 4] }],
  ['deviceInScope', true, { groups: [ungroupedId], incidentGroups: [ungroupedId] }],
  ['devicelessShown', true, { groups: [2, devicelessId], incidentGroups: [devicelessId, 7] }],
  ['devicelessHidden', false, { incidentGroups: [devicelessId] }],
  ['devicesOutOfScope', false, { incidentGroups: [ungroupedId, 7] }],
  ['devicesOutOfScope', false, { incidentGroups: [devicelessId, 7] }],
])('%s: %s', (reason, visible, part) => {
  expect(explainVisibility({ ...usual, ...part })).toEqual({ visible, reason });
});

test('every reason has a sentence that says whether it is visible', () => {
  for (const reason of visibilityReasons) expect(visibilitySentence(reason)).toMatch(/^(Visible|Not visible): .+\.$/);
});
