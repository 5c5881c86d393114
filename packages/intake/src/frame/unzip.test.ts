import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defaultLimits, type IntakeLimits } from '../limits.ts';
import { readBody } from '../read-body.ts';

type File = { name: string; text: string | Uint8Array };

/** A zip archive as any tool writes it: local headers, directory, end record. */
function zip(files: readonly File[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text } of files) {
    const data = typeof text === 'string' ? Buffer.from(text) : text;
    const packed = deflateRawSync(data);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt16LE(8, 4);
    fixed.writeUInt32LE(crc32(data), 10);
    fixed.writeUInt32LE(packed.length, 14);
    fixed.writeUInt32LE(data.length, 18);
    fixed.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fixed, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), fixed, tail, Buffer.from(name)]),
    );
    locals.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\u0005\u0006'), end]);
}

async function read(body: Uint8Array, limits: Partial<IntakeLimits> = {}) {
  const found: string[] = [];
  const options = {
    source: 'auto',
    tenantId: 't',
    now: new Date('2026-03-03'),
    limits: { ...defaultLimits, ...limits },
  };
  for await (const one of readBody(body, options)) {
    found.push(`${one.entry ?? ''}:${one.line} ${'alert' in one ? one.alert.id : one.reject.reason}`);
  }
  return found;
}

const alert = (id: string) => `{"id":"${id}","title":"t","serviceSource":"s","createdDateTime":"2026-03-02T00:00:00Z"}`;

describe('zip archives', () => {
  it('gives every file, lines counted in each, whatever its name', async () => {
    const body = zip([
      { name: 'a.json', text: alert('a') },
      { name: 'folder/', text: '' },
      { name: '../../etc/b.ndjson', text: `\n${alert('b')}\n{broken` },
    ]);
    expect(await read(body)).toEqual(['a.json:1 a', '../../etc/b.ndjson:2 b', '../../etc/b.ndjson:3 malformedJson']);
  });

  it('opens archives in archives, to a point', async () => {
    let body = zip([{ name: 'x', text: alert('a') }]);
    expect(await read(zip([{ name: 'y', text: body }]))).toEqual(['x:1 a']);
    for (let i = 0; i < 5; i++) body = zip([{ name: 'z', text: body }]);
    expect((await read(body)).join()).toContain('unsupportedArchive');
  });

  it('stops at the limits', async () => {
    const many = zip([1, 2, 3].map((n) => ({ name: `${n}`, text: alert(`${n}`) })));
    expect(await read(many, { archiveEntries: 2 })).toEqual(['1:1 1', '2:1 2', ':0 unsupportedArchive']);
    const bomb = zip([{ name: 'bomb', text: 'x'.repeat(200_000) }]);
    expect(await read(bomb, { inflatedBytes: 10_000 })).toEqual(['bomb:0 bodyTooLarge']);
  });

  it('says so when it is cut or empty', async () => {
    const body = zip([{ name: 'a', text: alert('a') }]);
    expect(await read(body.subarray(0, body.length - 10))).toEqual([':0 truncatedArchive']);
    expect(await read(zip([]))).toEqual([]);
  });

  it('opens what announces a comment that is not there, or has something behind it', async () => {
    const body = zip([{ name: 'a', text: alert('a') }]);
    const announced = Buffer.from(body);
    announced[announced.length - 2] = 1;
    expect(await read(announced)).toEqual(['a:1 a']);
    expect(await read(Buffer.concat([body, Buffer.from('tail')]))).toEqual(['a:1 a']);
  });
});
