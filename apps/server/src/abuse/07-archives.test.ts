import { globSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../project.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

/**
 * Abuse 7. The attack: an archive whose entries lie outside its folder, are links or devices, have one name twice, or
 * grow without end. Intake reads archives from memory into memory: the names are words, and nothing is written under them.
 */

let server: TestServer;
let token: string;
beforeAll(async () => {
  server = await startTestServer({
    limits: { bodyBytes: 1 << 20, inflatedBytes: 4 << 20, recordBytes: 1 << 20, documentBytes: 1 << 20, depth: 64 },
  });
  token = await server.token('administrator', ['intake', 'read']);
});
afterAll(() => server?.stop());

const alert = (id: string) =>
  JSON.stringify({ id, title: id, severity: 'high', createdDateTime: '2026-03-01T08:00:00Z', serviceSource: 'zip' });

/** A zip archive (APPNOTE 4.3) whose entries are Unix files of the given modes. */
function zip(files: readonly { name: string; text: string; mode?: number }[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text, mode = 0o100644 } of files) {
    const data = Buffer.from(text);
    const packed = deflateRawSync(data);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt16LE(8, 4);
    fixed.writeUInt32LE(crc32(data), 10);
    fixed.writeUInt32LE(packed.length, 14);
    fixed.writeUInt32LE(data.length, 18);
    fixed.writeUInt16LE(Buffer.byteLength(name), 22);
    locals.push(Buffer.concat([Buffer.from('PK\u0003\u0004'), fixed, Buffer.from(name), packed]));
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 3]), fixed, tail, Buffer.from(name)]),
    );
    offset += locals.at(-1)?.length ?? 0;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\u0005\u0006'), end]);
}

const send = (body: Uint8Array) => server.call('/api/intake/auto', { method: 'POST', body, token });

test('parent paths, absolute paths, links, devices, one name twice and in another case: all are read, none is written', async () => {
  const before = await readdir(tmpdir());
  const names = [
    '../../../../tmp/throughline-escaped',
    '/tmp/throughline-escaped',
    'C:\\x\\throughline-escaped',
    'a.json',
    'a.json',
    'A.JSON',
  ];
  const files = names.map((name, n) => ({ name, text: alert(`zip-${n}`) }));
  const link = { name: 'link', text: '/etc/passwd', mode: 0o120777 };
  const device = { name: 'device', text: alert('zip-device'), mode: 0o060666 };
  const answer = await send(zip([...files, link, device]));
  expect(answer.status).toBe(202);
  expect(answer.json).toMatchObject({ accepted: files.length + 1, rejected: 1 });
  expect(answer.text).not.toContain('root:');
  const written = (await readdir(tmpdir())).filter((name) => !before.includes(name) && name.includes('escaped'));
  expect(written).toEqual([]);
});

test.each([
  ['a zip', () => zip([{ name: 'bomb', text: ' '.repeat(40 << 20) }])],
  [
    'many entries that are small each',
    () => zip(Array.from({ length: 60 }, (_, n) => ({ name: `${n}`, text: ' '.repeat(1 << 20) }))),
  ],
  ['a gzip', () => gzipSync(Buffer.alloc(40 << 20, 32))],
  ['a gzip in a gzip', () => gzipSync(gzipSync(Buffer.alloc(40 << 20, 32)))],
])('%s that grows without end is stopped at the limit, and told', async (_, make) => {
  const answer = await send(make());
  expect([202, 413]).toContain(answer.status);
  if (answer.status === 202) expect(Object.keys(answer.json.reasons).join()).toMatch(/bodyTooLarge|recordTooLarge/);
});

test('an archive in an archive in an archive without end is refused, and the server goes on', async () => {
  let body = zip([{ name: 'x', text: alert('deep') }]);
  for (let n = 0; n < 8; n++) body = gzipSync(body);
  const answer = await send(body);
  expect(answer.status).toBeLessThan(500);
  expect((await server.call('/api/ledger', { token })).json.balanced).toBe(true);
});

test('nothing but intake unpacks what comes from outside, and nothing that unpacks writes', () => {
  const files = globSync('{apps/server,packages/*}/src/**/*.ts', { cwd: projectRoot }).filter(
    (file) => !/\.(test|fixture|slow)\.ts$/.test(file),
  );
  const text = (file: string) => readFileSync(`${projectRoot}/${file}`, 'utf8');
  const unpacks = files.filter((file) => /from '(?:yauzl|adm-zip|jszip|tar|unzipper|node:zlib)'/.test(text(file)));
  // The portal's own files are packed, not unpacked; archives of rules are named by whoever runs the command line.
  const known = /^packages\/(?:intake\/src\/|store\/src\/(?:intake|engine)\/)|portal-files\.ts$|rule-archive\.ts$/;
  expect(unpacks.filter((file) => !known.test(file))).toEqual([]);
  expect(text('apps/server/src/detect/rule-archive.ts')).not.toMatch(/writeFile|createWriteStream|mkdir/);
  expect(unpacks.filter((file) => file.startsWith('packages/intake') && /from 'node:fs/.test(text(file)))).toEqual([]);
});
