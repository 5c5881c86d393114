import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../limits.ts';
import { type Received, readBody } from '../read-body.ts';
import { MappingError, parseMapping } from './mapping-file.ts';
import { mappingFormat } from './mapping-format.ts';
import { take, valueAt } from './pick.ts';

const file = {
  name: 'acme-edr',
  when: { 'product.name': 'Acme EDR', 'alert.id': true },
  fields: {
    providerAlertId: 'alert.id',
    title: ['alert.headline', 'alert.rule'],
    severity: { path: 'alert.level', map: { '1': 'low', '3': 'high' }, default: 'medium' },
    createdDateTime: 'alert.at',
    mitreTechniques: 'alert.techniques',
    productName: { value: 'Acme EDR' },
    detectorId: 'alert.rule',
  },
  customDetails: { Policy: 'policy.name', Missing: 'policy.missing' },
  evidence: [
    { type: 'deviceEvidence', roles: ['attacked'], each: 'hosts', fields: { deviceDnsName: 'fqdn', osBuild: 'build' } },
    {
      type: 'userEvidence',
      fields: { 'userAccount.userPrincipalName': 'user.mail', 'userAccount.userSid': 'user.sid' },
    },
    { type: 'processEvidence', fields: { processId: 'process.pid', 'imageFile.sha256': 'process.hash' } },
    { type: 'ipEvidence', fields: { ipAddress: 'no.such.path' } },
  ],
};

const record = {
  product: { name: 'Acme EDR' },
  alert: { id: 17, rule: 'R-5', level: 3, at: 1772446530, techniques: ['T1003.001'] },
  policy: { name: 'strict' },
  hosts: [{ fqdn: 'a.example.com', build: '22631' }, { fqdn: 'b.example.com' }],
  user: { mail: 'mira@example.com', sid: 'S-1-5-21-1' },
  process: { pid: '4780', hash: 'ab'.repeat(32) },
};

async function read(body: string, source: string, mapping: unknown): Promise<Received[]> {
  const found: Received[] = [];
  const options = {
    source,
    tenantId: 'acme',
    now: new Date('2026-03-03T00:00:00Z'),
    limits: defaultLimits,
    mappings: [mappingFormat(mapping)],
  };
  for await (const one of readBody(Buffer.from(body), options)) found.push(one);
  return found;
}

describe('a mapping file', () => {
  it('reads alerts and evidence, recognised or named', async () => {
    for (const source of ['auto', 'mapping:acme-edr']) {
      const [one] = await read(JSON.stringify(record), source, file);
      expect(one).toMatchObject({
        source: 'mapping:acme-edr',
        alert: {
          title: 'R-5',
          severity: 'high',
          tactics: ['credentialAccess'],
          productName: 'Acme EDR',
          customDetails: { Policy: 'strict' },
          createdDateTime: '2026-03-02T10:15:30.000Z',
          evidence: [
            { deviceDnsName: 'a.example.com', osBuild: 22631, roles: ['attacked'] },
            { deviceDnsName: 'b.example.com' },
            { userAccount: { userPrincipalName: 'mira@example.com', userSid: 'S-1-5-21-1' } },
            { processId: 4780, imageFile: { sha256: 'ab'.repeat(32) } },
          ],
        },
      });
    }
  });

  it('refuses a record that does not fit, with the field named', async () => {
    const late = { ...record, alert: { ...record.alert, at: 'soon' } };
    const wrong = { ...record, hosts: [{ fqdn: { x: 1 } }] };
    const found = await read(`${JSON.stringify(late)}\n${JSON.stringify(wrong)}\n{}`, 'mapping:acme-edr', file);
    expect(found.map((one) => 'reject' in one && `${one.reject.reason} ${one.reject.detail}`)).toEqual([
      'invalidField createdDateTime: "soon" is not a date',
      expect.stringContaining('invalidField mapping: deviceEvidence.deviceDnsName'),
      expect.stringContaining('unknownFormat not a mapping:acme-edr record'),
    ]);
  });

  it('reads CSV rows', async () => {
    const csv = {
      name: 'rows',
      when: { short: true, time_label: true },
      fields: { title: 'name', createdDateTime: 'time', detectorId: 'short' },
      evidence: [{ type: 'ipEvidence', fields: { ipAddress: 'ip' } }],
    };
    const [one] = await read(
      'time,name,ip,host,short,time_label\n1642213952,Update,10.0.0.1,mail,W-1,-\n',
      'auto',
      csv,
    );
    expect(one).toMatchObject({
      line: 2,
      alert: { title: 'Update', detectorId: 'W-1', evidence: [{ ipAddress: '10.0.0.1' }] },
    });
  });

  it.each<[string, unknown, string]>([
    ['no object', 5, 'top level: an object expected'],
    ['an unknown key', { ...file, script: 'x' }, 'top level: unknown key "script"'],
    ['an odd name', { ...file, name: '../x' }, 'name: lower-case letters'],
    ['no condition', { ...file, when: {} }, 'when: at least one condition'],
    ['no title', { ...file, fields: { createdDateTime: 'a' } }, 'fields: title is missing'],
    ['an unknown field', { ...file, fields: { ...file.fields, tenantId: 'x' } }, 'fields: unknown key "tenantId"'],
    ['a bad pick', { ...file, fields: { ...file.fields, title: { path: 5 } } }, 'fields.title.path: a path'],
    [
      'an unknown evidence type',
      { ...file, evidence: [{ type: 'x', fields: {} }] },
      'evidence[0].type: "x" is no evidence type',
    ],
    [
      'an unknown evidence field',
      { ...file, evidence: [{ type: 'ipEvidence', fields: { address: 'a' } }] },
      'evidence[0].fields: ipEvidence has no field address',
    ],
    [
      'a prototype field',
      { ...file, evidence: [{ type: 'userEvidence', fields: { 'userAccount.__proto__': 'a' } }] },
      'has no field userAccount.__proto__',
    ],
  ])('is refused with %s', (_, value, message) => {
    expect(() => parseMapping(value)).toThrow(MappingError);
    expect(() => parseMapping(value)).toThrow(message);
  });
});

describe('paths', () => {
  it.each([
    ['a.b', { a: { b: 1 } }, 1],
    ['a.0.b', { a: [{ b: 2 }] }, 2],
    ['a.b.c', { 'a.b': { c: 9 }, a: { 'b.c': 3 } }, 3],
    ['toString', {}, undefined],
    ['a.length.x', { a: 'text' }, undefined],
    ['__proto__.x', {}, undefined],
  ])('%s', (path, value, expected) => {
    expect(valueAt(value, path)).toBe(expected);
  });

  it('fall back, translate and default', () => {
    expect(take({ b: 'x' }, ['a', 'b'])).toBe('x');
    expect(take({ a: 2 }, { path: 'a', map: { 2: 'two' } })).toBe('two');
    expect(take({ a: 3 }, { path: 'a', map: { 2: 'two' }, default: 'other' })).toBe('other');
    expect(take({}, { path: 'a', default: 'none' })).toBe('none');
    expect(take({}, { value: 7 })).toBe(7);
  });
});
