import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EntityKind } from './entity.ts';
import { deviceKeys, userKeys } from './entity-keys.ts';
import { IdentityIndex } from './identity.ts';

const device = (fields: Parameters<typeof deviceKeys>[0]) => ({ kind: 'device' as const, keys: deviceKeys(fields) });
const user = (fields: Parameters<typeof userKeys>[0]) => ({ kind: 'user' as const, keys: userKeys(fields) });

describe('one identity for each entity', () => {
  test('a device by id, full name and short name is one device', () => {
    const index = new IdentityIndex();
    const byBoth = index.resolve(device({ mdeDeviceId: 'AB12', dnsName: 'FIN-WS-07.corp.example' }));
    expect(index.resolve(device({ dnsName: 'fin-ws-07.corp.example.' })).id).toBe(byBoth.id);
    expect(index.resolve(device({ mdeDeviceId: 'ab12' })).id).toBe(byBoth.id);
    expect(index.resolve(device({ dnsName: 'FIN-WS-07' })).id).toBe(byBoth.id);
    expect(index.size).toBe(1);
  });

  test('names learned later join two identities, and the absorbed id still resolves', () => {
    const index = new IdentityIndex();
    const bySid = index.resolve(user({ sid: 'S-1-5-21-1-2-3-1104' }));
    const byMail = index.resolve(user({ upn: 'mira@example.com' }));
    expect(byMail.id).not.toBe(bySid.id);
    const both = index.resolve(user({ sid: 'S-1-5-21-1-2-3-1104', upn: 'Mira@Example.com' }));
    expect(both).toMatchObject({ id: bySid.id, created: false, absorbed: [byMail.id] });
    expect(index.find(byMail.id)).toBe(bySid.id);
    expect(index.resolve(user({ upn: 'mira@example.com' })).id).toBe(bySid.id);
  });

  test('it goes by the best name it was given, also after two became one', () => {
    const index = new IdentityIndex();
    const byId = index.resolve(user({ objectId: 'dac997ac-b771-41eb-a44a-1fb8f2000001' })).id;
    expect(index.bestName(byId, 'user', 'dac997ac-b771-41eb-a44a-1fb8f2000001')).toContain('dac997ac');
    const byMail = index.resolve(user({ upn: 'mira@example.com' })).id;
    index.bestName(byMail, 'user', 'mira@example.com');
    const both = index.resolve(user({ objectId: 'dac997ac-b771-41eb-a44a-1fb8f2000001', upn: 'mira@example.com' })).id;
    expect(index.bestName(both, 'user', 'mkeller')).toBe('mira@example.com');
  });

  test('a short name shared by two domains names neither', () => {
    const index = new IdentityIndex();
    const a = index.resolve(device({ dnsName: 'ws1.a.example' }));
    const b = index.resolve(device({ dnsName: 'ws1.b.example' }));
    expect(b.id).not.toBe(a.id);
    const bare = index.resolve(device({ dnsName: 'ws1' }));
    expect([a.id, b.id]).not.toContain(bare.id);
  });

  test('sites keep equal short names apart', () => {
    const index = new IdentityIndex();
    const north = index.resolve(device({ dnsName: 'ws1', site: 'north' }));
    expect(index.resolve(device({ dnsName: 'ws1', site: 'south' })).id).not.toBe(north.id);
  });

  test('a restored index resolves as the one it was saved from, whatever came before', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd');
    const mention = fc.record({
      sid: fc.option(names, { nil: null }),
      upn: fc.option(
        names.map((n) => `${n}@x.example`),
        { nil: null },
      ),
      name: fc.option(names, { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(mention, { maxLength: 30 }), fc.array(mention, { maxLength: 10 }), (before, after) => {
        const live = new IdentityIndex();
        const saved: { id: string; keys: string[]; redirect: string | null }[] = [];
        const log: { id: string; key: string }[] = [];
        for (const fields of before) {
          const asked = user(fields);
          if (asked.keys.length === 0) continue;
          const { id, created, learned, absorbed } = live.resolve(asked);
          if (created) saved.push({ id, keys: [], redirect: null });
          for (const key of learned) log.push({ id, key });
          for (const row of saved) if (absorbed.includes(row.id)) row.redirect = id;
        }
        for (const { id, key } of log) saved.find((row) => row.id === id)?.keys.push(key);
        const restored = new IdentityIndex();
        for (const row of saved) restored.restore(row.id, 'user' as EntityKind, row.keys, row.redirect);
        for (const fields of after) {
          const asked = user(fields);
          if (asked.keys.length > 0) expect(restored.resolve(asked)).toEqual(live.resolve(asked));
        }
      }),
    );
  });

  test('known finds what resolve would, and changes nothing', () => {
    const key = fc.constantFrom('sid:1', 'sid:2', 'upn:a@x', 'upn:b@x', 'name~a', 'name~b');
    const mentions = fc.array(fc.uniqueArray(key, { minLength: 1, maxLength: 3 }), { maxLength: 25 });
    fc.assert(
      fc.property(mentions, (all) => {
        const index = new IdentityIndex();
        for (const keys of all) {
          const asked = { kind: 'user' as EntityKind, keys };
          const found = index.known(asked);
          const { id, created, absorbed } = index.resolve(asked);
          if (created) expect(found).toBeNull();
          else expect([id, ...absorbed]).toContain(found);
        }
      }),
    );
  });
});
