import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect, type Db } from '../database.ts';
import { freshDatabase, type TestDatabase } from '../engine/test-database.ts';
import { migrate } from '../migrate.ts';
import { newKey, readKeyRing, writeKeyRing } from './key-ring.ts';
import { rotateSecrets } from './rotate-secrets.ts';
import { keysInFile, keysInText, type SecretKeys, secretKeys } from './secret-keys.ts';
import { listSecrets, openSecret, sealSecret, secretDestination, wipeSecret } from './secrets.ts';

const now = new Date('2026-03-01T08:00:00.000Z');
const place = { tenantId: 'default', owner: 'channel/1', destination: 'https://hooks.example.com' };
let database: TestDatabase;
let db: Db;
let folder: string;
let file: string;
let keys: SecretKeys;

beforeAll(async () => {
  database = await freshDatabase();
  await migrate(database.databaseUrl);
  db = connect(database.databaseUrl, { max: 4, log: console });
});
beforeEach(async () => {
  await db.deleteFrom('secret').execute();
  if (folder !== undefined) await rm(folder, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), 'throughline-secret-'));
  file = join(folder, 'secrets.key');
  keys = keysInFile(file);
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

const stored = () => db.selectFrom('secret').selectAll().orderBy('owner').execute();

describe('a secret', () => {
  test('opens for its destination, is replaced, and is gone when wiped', async () => {
    await sealSecret(db, keys, place, 'first', now);
    await sealSecret(db, keys, place, 'pässword\0', now);
    expect(await openSecret(db, keys, place)).toBe('pässword\0');
    await wipeSecret(db, 'default', place.owner);
    expect(await openSecret(db, keys, place)).toBeUndefined();
    expect(await stored()).toEqual([]);
  });

  test('is not in the database, and equal secrets do not look equal', async () => {
    await sealSecret(db, keys, place, 'correct horse', now);
    await sealSecret(db, keys, { ...place, owner: 'channel/2' }, 'correct horse', now);
    const [one, other] = await stored();
    expect(one?.sealed.includes('correct')).toBe(false);
    expect(one?.sealed.subarray(28).equals(other?.sealed.subarray(28) ?? Buffer.alloc(0))).toBe(false);
    expect(JSON.stringify(await listSecrets(db, 'default'))).not.toContain('sealed"');
    expect(await listSecrets(db, 'default')).toMatchObject([{ owner: 'channel/1' }, { owner: 'channel/2' }]);
  });

  test('is refused and wiped when its destination changes', async () => {
    await sealSecret(db, keys, place, 'x', now);
    const elsewhere = { ...place, destination: 'https://evil.example' };
    await expect(openSecret(db, keys, elsewhere)).rejects.toMatchObject({ reason: 'destinationChanged' });
    expect(await openSecret(db, keys, place)).toBeUndefined();
  });

  test.each([
    ['destination', { destination: 'https://evil.example' }],
    ['owner', { owner: 'channel/9' }],
    ['tenant', { tenant_id: 'other' }],
  ])('does not open when its %s was changed in the database', async (_, change) => {
    await sql`insert into tenant (id, name) values ('other', 'Other') on conflict do nothing`.execute(db);
    await sealSecret(db, keys, place, 'x', now);
    await db.updateTable('secret').set(change).execute();
    const [row] = await stored();
    const moved = { tenantId: row?.tenant_id ?? '', owner: row?.owner ?? '', destination: row?.destination ?? '' };
    await expect(openSecret(db, keys, moved)).rejects.toMatchObject({ reason: 'unreadable' });
  });

  test('does not open when any byte was changed or it was cut', async () => {
    await sealSecret(db, keys, place, 'value', now);
    const [row] = await stored();
    const sealed = row?.sealed ?? Buffer.alloc(0);
    const broken = [...sealed.keys()].map((at) => {
      const copy = Buffer.from(sealed);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy;
    });
    for (const bytes of [...broken, sealed.subarray(0, -1), sealed.subarray(0, 27), Buffer.alloc(0)]) {
      await db.updateTable('secret').set({ sealed: bytes }).execute();
      await expect(openSecret(db, keys, place)).rejects.toMatchObject({ reason: 'unreadable' });
    }
  });

  test('does not open with another key, even under the same id', async () => {
    await sealSecret(db, keys, place, 'value', now);
    const other = newKey();
    const [row] = await stored();
    const wrong = { ...keys, read: async () => [{ id: row?.key_id ?? '', key: other.key }] };
    await expect(openSecret(db, wrong, place)).rejects.toMatchObject({ reason: 'unreadable' });
    const missing = { ...keys, read: async () => [other] };
    await expect(openSecret(db, missing, place)).rejects.toMatchObject({ reason: 'keyMissing' });
  });
});

test.each([
  ['https://Hooks.example.com/services/x?y', 'https://hooks.example.com'],
  ['https://hooks.example.com:443/', 'https://hooks.example.com'],
  ['https://hooks.example.com:8443/', 'https://hooks.example.com:8443'],
  ['smtp://mail.example.com:587', 'smtp://mail.example.com:587'],
])('the destination of %s is %s', (url, expected) => expect(secretDestination(url)).toBe(expected));

describe('the key file', () => {
  test('is made by the first secret, readable for its owner only', async () => {
    expect(await readdir(folder)).toEqual([]);
    await sealSecret(db, keys, place, 'x', now);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['secrets.key']);
  });

  test('is one, also when two seal their first secret at once', async () => {
    const owners = ['a', 'b', 'c', 'd'].map((owner) => ({ ...place, owner }));
    await Promise.all(owners.map((owner) => sealSecret(db, keysInFile(file), owner, owner.owner, now)));
    for (const owner of owners) expect(await openSecret(db, keys, owner)).toBe(owner.owner);
  });

  test('that others may read is refused', async () => {
    await sealSecret(db, keys, place, 'x', now);
    await chmod(file, 0o640);
    await expect(openSecret(db, keys, place)).rejects.toMatchObject({ reason: 'keyReadable' });
  });

  test('that is lost is not replaced by a new one', async () => {
    await sealSecret(db, keys, place, 'x', now);
    await rm(file);
    await expect(openSecret(db, keys, place)).rejects.toMatchObject({ reason: 'keyMissing' });
    await expect(sealSecret(db, keys, place, 'y', now)).rejects.toMatchObject({ reason: 'keyMissing' });
  });

  test.each(['', 'password', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', `${'x'.repeat(43)}`, '# only a comment'])(
    'that holds "%s" is refused',
    async (text) => {
      await writeFile(file, text, { mode: 0o600 });
      await expect(keys.read()).rejects.toMatchObject({ reason: 'keyMalformed' });
    },
  );

  test('is read as it was written', () => {
    const ring = [newKey(), newKey()];
    expect(readKeyRing(writeKeyRing(ring), 'x')).toEqual(ring);
  });
});

describe('rotation', () => {
  test('seals everything with a new key and forgets the old one', async () => {
    await sealSecret(db, keys, place, 'one', now);
    await sealSecret(db, keys, { ...place, owner: 'channel/2' }, 'two', now);
    const [before] = (await keys.read()) ?? [];
    expect(await rotateSecrets(db, keys)).toMatchObject({ resealed: 2, resumed: false });
    const after = (await keys.read()) ?? [];
    expect(after).toHaveLength(1);
    expect(after[0]?.id).not.toBe(before?.id);
    expect(await readFile(file, 'utf8')).not.toContain(before?.key.toString('base64'));
    expect(await openSecret(db, keys, place)).toBe('one');
  });

  test('stops before it loses anything when a secret does not open', async () => {
    await sealSecret(db, keys, place, 'one', now);
    await sealSecret(db, keys, { ...place, owner: 'channel/2' }, 'two', now);
    await db
      .updateTable('secret')
      .set({ sealed: Buffer.alloc(40) })
      .where('owner', '=', 'channel/2')
      .execute();
    await expect(rotateSecrets(db, keys)).rejects.toMatchObject({ reason: 'unreadable' });
    expect(await openSecret(db, keys, place)).toBe('one');
    await wipeSecret(db, 'default', 'channel/2');
    expect(await rotateSecrets(db, keys)).toMatchObject({ resealed: 1, resumed: true });
  });

  test('while others seal and open loses nothing', async () => {
    const owners = [...Array(12).keys()].map((number) => ({ ...place, owner: `channel/${number}` }));
    await Promise.all(owners.map((owner) => sealSecret(db, keys, owner, owner.owner, now)));
    const busy = owners.map(async (owner) => {
      for (let round = 0; round < 4; round++) {
        await sealSecret(db, keys, owner, owner.owner, now);
        expect(await openSecret(db, keys, owner)).toBe(owner.owner);
      }
    });
    await Promise.all([...busy, rotateSecrets(db, keys).then(() => rotateSecrets(db, keys))]);
    expect(await keys.read()).toHaveLength(1);
    for (const owner of owners) expect(await openSecret(db, keys, owner)).toBe(owner.owner);
  });

  test('with a key from outside seals with the first of the list', async () => {
    const [old, fresh] = [newKey(), newKey()].map(({ key }) => key.toString('base64'));
    const before = secretKeys(folder, { THROUGHLINE_SECRETS_KEY: old });
    await sealSecret(db, before, place, 'one', now);
    const both = secretKeys(folder, { THROUGHLINE_SECRETS_KEY: `${fresh},${old}` });
    expect(await rotateSecrets(db, both)).toMatchObject({ resealed: 1 });
    const after = keysInText(fresh ?? '', 'x');
    expect(await openSecret(db, after, place)).toBe('one');
    expect(await readdir(folder)).toEqual([]);
  });

  const fixture = fileURLToPath(new URL('./rotate.fixture.ts', import.meta.url));
  const started = (hangBefore: number) =>
    spawn(process.execPath, [fixture, database.databaseUrl, file, String(hangBefore)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const killed = async (child: ReturnType<typeof started>) => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const stillOpens = async () => {
    expect(await openSecret(db, keys, place)).toBe('one');
    await sealSecret(db, keys, { ...place, owner: 'channel/3' }, 'three', now);
    await rotateSecrets(db, keys);
    expect(await keys.read()).toHaveLength(1);
    expect(await openSecret(db, keys, place)).toBe('one');
    expect(await openSecret(db, keys, { ...place, owner: 'channel/3' })).toBe('three');
  };

  test.each([
    [1, 'before the new key is in the file', 1],
    [2, 'before the old key is dropped', 2],
  ])('killed at key write %i, %s, goes on', async (hangBefore, _, keysAtDeath) => {
    await sealSecret(db, keys, place, 'one', now);
    const child = started(hangBefore);
    await once(child.stdout, 'data');
    await killed(child);
    expect(await keys.read()).toHaveLength(keysAtDeath);
    await stillOpens();
  });

  test('killed in the middle of sealing goes on', async () => {
    await sealSecret(db, keys, place, 'one', now);
    await sealSecret(db, keys, { ...place, owner: 'channel/2' }, 'two', now);
    let child: ReturnType<typeof started> | undefined;
    await db.transaction().execute(async (trx) => {
      await sql`select from secret where owner = 'channel/2' for update`.execute(trx);
      child = started(0);
      await expect.poll(async () => (await keys.read())?.length, { timeout: 20_000 }).toBe(2);
      await killed(child);
    });
    await stillOpens();
  }, 40_000);
});
