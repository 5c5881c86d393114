import { makeAlert } from '@throughline/model';
import { expect, it } from 'vitest';
import { contentHash } from './content-hash.ts';
import { jsonArray } from './json-array.ts';
import { refusalOf } from './storable-alert.ts';

it.each([
  ['{"lastUpdateDateTime":"a","x":1}', '{"lastUpdateDateTime":"b","x":1}', true],
  ['{"x":{"lastUpdateDateTime":null},"y":1}', '{"x":{"lastUpdateDateTime":"b"},"y":1}', true],
  ['{"x":"\\"lastUpdateDateTime\\":\\"a\\""}', '{"x":"\\"lastUpdateDateTime\\":\\"b\\""}', false],
  ['{"title":"a"}', '{"title":"b"}', false],
])('%s and %s are the same content: %s', (a, b, same) => {
  expect(contentHash(a) === contentHash(b)).toBe(same);
});

it('writes the header of a binary json[] and each text with its length in bytes', () => {
  expect(jsonArray([]).toString('hex')).toBe('000000000000000000000072');
  expect(jsonArray(['"é"']).toString('hex')).toBe(
    '00000001' + '00000000' + '00000072' + '00000001' + '00000001' + '00000004' + '22c3a922',
  );
});

const seed = { tenantId: 't', providerAlertId: 'p', title: 't', serviceSource: 's', detectorId: 'd' };
it.each([
  [{ id: 'a', createdDateTime: '2026-01-01T00:00:00Z' }, null],
  [{ id: 'a', createdDateTime: '0001-01-01T00:00:00Z' }, null],
  [{ id: '', createdDateTime: '2026-01-01T00:00:00Z' }, 'id is empty'],
  [{ id: 'é'.repeat(501), createdDateTime: '2026-01-01T00:00:00Z' }, 'id is longer than 1000 bytes'],
  [{ id: 'a', createdDateTime: '0000-01-01T00:00:00Z' }, 'createdDateTime "0000-01-01T00:00:00Z" is no instant of'],
  [{ id: 'a', createdDateTime: '+010000-01-01T00:00:00Z' }, 'createdDateTime "+010000-01-01T00:00:00Z" is no instant'],
  [{ id: 'a', createdDateTime: 'yesterday' }, 'createdDateTime "yesterday" is no instant'],
])('refusal of %j: %s', (fields, refusal) => {
  const found = refusalOf(makeAlert({ ...seed, ...fields }));
  if (refusal === null) expect(found).toBeNull();
  else expect(found).toContain(refusal);
});
