import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { defaultLimits, type IntakeLimits } from './limits.ts';
import { type Received, readBody } from './read-body.ts';

const now = new Date('2026-03-03T00:00:00.000Z');

async function read(
  body: string | Uint8Array,
  limits: Partial<IntakeLimits> = {},
  source = 'auto',
): Promise<Received[]> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const found: Received[] = [];
  const options = { source, tenantId: 'acme', now, limits: { ...defaultLimits, ...limits } };
  for await (const one of readBody(bytes, options)) found.push(one);
  return found;
}

/** "3 ok" for an alert on line 3, "4 malformedJson" for a reject. */
async function summary(body: string | Uint8Array, limits: Partial<IntakeLimits> = {}, source = 'auto') {
  return (await read(body, limits, source)).map((one) => `${one.line} ${'alert' in one ? 'ok' : one.reject.reason}`);
}

const alert = (id: string, more: object = {}) =>
  JSON.stringify({ id, title: 't', serviceSource: 's', createdDateTime: '2026-03-02T00:00:00Z', ...more });
const pretty = (id: string) => JSON.stringify(JSON.parse(alert(id)), null, 2);
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

describe('layouts of a body', () => {
  const list = JSON.stringify({ value: [JSON.parse(alert('a')), JSON.parse(alert('b'))] });
  it.each<[string, string | Uint8Array, string[]]>([
    ['one object', alert('a'), ['1 ok']],
    [
      'NDJSON with CRLF, blank lines and a byte order mark',
      `\uFEFF${alert('a')}\r\n\r\n${alert('b')}\r\n`,
      ['1 ok', '3 ok'],
    ],
    ['an array', `[${alert('a')},\n${alert('b')}]`, ['1 ok', '2 ok']],
    ['two arrays', `[${alert('a')}]\n[${alert('b')}]`, ['1 ok', '2 ok']],
    ['an array a line after an object', `${alert('a')}\n[${alert('b')},${alert('c')}]`, ['1 ok', '2 ok', '2 ok']],
    ['a list response', list, ['1 ok', '1 ok']],
    ['a pretty-printed list response', JSON.stringify(JSON.parse(list), null, 1), ['1 ok', '1 ok']],
    ['an empty list response', '{"value":[]}', []],
    ['a search response', `{"hits":{"hits":[${alert('a')}]}}`, ['1 ok']],
    ['values one after another on a line', `${alert('a')}${alert('b')} ${alert('c')}`, ['1 ok', '1 ok', '1 ok']],
    ['pretty-printed values one after another', `${pretty('a')}\n${pretty('b')}`, ['1 ok', '7 ok']],
    ['UTF-16 with a mark', utf16(`${alert('a')}\n${alert('b')}`), ['1 ok', '2 ok']],
    ['UTF-16 without a mark', utf16(alert('a')).subarray(2), ['1 ok']],
    ['gzip', gzipSync(alert('a')), ['1 ok']],
    ['zstd', zstdCompressSync(alert('a')), ['1 ok']],
    ['gzip in gzip', gzipSync(gzipSync(alert('a'))), ['1 ok']],
    ['nothing', '', []],
    ['white space', ' \n \r\n', []],
  ])('%s', async (_, body, expected) => {
    expect(await summary(body)).toEqual(expected);
  });

  it('reads the same records however the bytes are cut', async () => {
    const body = Buffer.from(`${alert('ä')}\n${pretty('b')}\n${alert('c', { title: '"}{[\\' })}\n`);
    for (const size of [1, 2, 3, 7, 64]) {
      async function* pieces() {
        for (let i = 0; i < body.length; i += size) yield body.subarray(i, i + size);
      }
      const found: string[] = [];
      for await (const one of readBody(pieces(), { source: 'auto', tenantId: 'acme', now, limits: defaultLimits })) {
        found.push(`${one.line} ${'alert' in one ? one.alert.title : one.reject.reason}`);
      }
      expect(found).toEqual(['1 t', '2 t', '8 "}{[\\']);
    }
  });
});

describe('bad input beside good', () => {
  it.each<[string, string | Uint8Array, string[]]>([
    ['a cut line', `${alert('a')}\n${alert('b').slice(0, 30)}\n${alert('c')}`, ['1 ok', '2 malformedJson', '3 ok']],
    ['a line cut after a comma', `{"a":1,\n${alert('b')}\n${alert('c')}`, ['1 malformedJson', '2 ok', '3 ok']],
    ['a line cut inside a string', `{"a":"b\n${alert('b')}`, ['1 malformedJson', '2 ok']],
    ['words between records', `${alert('a')}\nhello there\n${alert('b')}`, ['1 ok', '2 unknownFormat', '3 ok']],
    [
      'numbers and null',
      `1\nnull\n"x"\n${alert('a')}`,
      ['1 unknownFormat', '2 unknownFormat', '3 unknownFormat', '4 ok'],
    ],
    [
      'a bad element of an array',
      `[${alert('a')},{"b":},7,null,${alert('c')}]`,
      ['1 ok', '1 malformedJson', '1 notAnAlert', '1 notAnAlert', '1 ok'],
    ],
    ['an array that ends early', `[${alert('a')},\n${alert('b')}`, ['1 ok', '2 ok', '2 malformedJson']],
    [
      'an element that ends early',
      `[\n${alert('a')},\n{"b":{\n${alert('c')},\n${alert('d')}\n]`,
      ['2 ok', '3 malformedJson', '4 ok', '5 ok'],
    ],
    ['text after a value', `${alert('a')} trailing\n${alert('b')}`, ['1 ok', '1 malformedJson', '2 ok']],
    [
      'formats mixed',
      `${alert('a')}\nCEF:0|V|P|1|2|n|5|\n{"class_uid":4001}\n{}`,
      ['1 ok', '2 ok', '3 telemetryNotStored', '4 unknownFormat'],
    ],
    [
      'wrong types',
      `${alert('a', { severity: 5 })}\n${alert('b', { evidence: 'x' })}\n${alert('c', { title: {} })}\n${alert('d')}`,
      ['1 invalidField', '2 invalidField', '3 invalidField', '4 ok'],
    ],
    [
      'dates in year 0 and 9999',
      `${alert('a', { createdDateTime: '0000-01-01T00:00:00Z' })}\n${alert('b', { createdDateTime: '9999-12-31T00:00:00Z' })}\n${alert('c')}`,
      ['1 dateOutOfRange', '2 dateOutOfRange', '3 ok'],
    ],
    [
      'a CSV quote that is never closed',
      'SystemAlertId,DisplayName,TimeGenerated\na,x,2026-03-02\nb,"y,2026-03-02\nc,z,2026-03-02\n',
      ['2 ok', '3 malformedText', '4 ok'],
    ],
    [
      'a list that holds nothing beside other fields',
      `{"foo":1,"data":[]}\n{"result":{"_raw":"[]"}}\n${alert('a')}`,
      ['1 notAnAlert', '2 notAnAlert', '3 ok'],
    ],
    ['a NUL byte in a line', Buffer.from(`a\u0000b\n${alert('a')}`), ['1 invalidEncoding', '2 ok']],
    [
      'bytes that are no text',
      Buffer.concat([Buffer.from([0x80, 0x81, 0x0a]), Buffer.from(alert('a'))]),
      ['1 invalidEncoding', '2 ok'],
    ],
  ])('%s', async (_, body, expected) => {
    expect(await summary(body)).toEqual(expected);
  });

  it('keeps what a damaged archive still gives', async () => {
    const lines = Array.from({ length: 2000 }, (_, i) => alert(`a${i}`, { title: `${Math.sin(i)}` })).join('\n');
    for (const packed of [gzipSync(lines), zstdCompressSync(lines)]) {
      const found = await summary(packed.subarray(0, packed.length - 20));
      expect(found.at(-1)).toBe('0 truncatedArchive');
      expect(found.filter((one) => one.endsWith('ok')).length).toBeGreaterThan(500);
    }
    expect(await summary(Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1]))).toEqual(['0 unsupportedArchive']);
  });

  it('does not let prototype keys through', async () => {
    const body = alert('a').replace('{', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},');
    const [one] = await read(body);
    if (one === undefined || !('alert' in one)) throw new Error('no alert');
    expect((Object.prototype as { polluted?: number }).polluted).toBeUndefined();
    expect((one.alert as unknown as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.getOwnPropertyNames(one.alert.additionalData)).toContain('__proto__');
    expect(Object.getPrototypeOf(one.alert.additionalData)).toBe(Object.prototype);
  });

  it('replaces NUL and lone surrogates, also inside keys and kept records', async () => {
    const body = alert('a', { title: 'x' })
      .replace('"x"', '"x\\u0000y\\ud800z\\ud83d\\ude00"')
      .replace('{', '{"k\\u0000":"\\udfff",');
    const [one] = await read(body);
    if (one === undefined || !('alert' in one)) throw new Error('no alert');
    expect(one.alert.title).toBe('x\uFFFDy\uFFFDz😀');
    expect(one.alert.additionalData['k\uFFFD']).toBe('\uFFFD');
  });
});

describe('limits name themselves', () => {
  it.each<[string, string | Uint8Array, Partial<IntakeLimits>, string[]]>([
    [
      'recordBytes',
      `${alert('a', { x: 'y'.repeat(4000) })}\n${alert('b')}`,
      { recordBytes: 2000 },
      ['1 recordTooLarge', '2 ok'],
    ],
    [
      'recordBytes',
      `{"value":[${alert('a')},${alert('b', { x: 'y'.repeat(4000) })},${alert('c')}]}`,
      { recordBytes: 2000 },
      ['1 ok', '1 recordTooLarge', '1 ok'],
    ],
    [
      'documentBytes',
      `${alert('a', { x: 'y'.repeat(600_000) })}\n${alert('b')}`,
      { documentBytes: 2000 },
      ['1 recordTooLarge', '2 ok'],
    ],
    ['bodyBytes', `${alert('a')}\n${alert('b')}`, { bodyBytes: 50 }, ['0 bodyTooLarge']],
    ['inflatedBytes', gzipSync('x'.repeat(100_000)), { inflatedBytes: 5000 }, ['0 bodyTooLarge']],
    ['inflatedBytes', zstdCompressSync('x'.repeat(100_000)), { inflatedBytes: 5000 }, ['0 bodyTooLarge']],
    ['depth', `${deep(10_000)}\n${alert('b')}`, {}, ['1 tooDeep', '2 ok']],
    ['depth', `[${'['.repeat(10_000)}${']'.repeat(10_000)},${alert('b')}]`, {}, ['1 tooDeep', '1 ok']],
  ])('%s', async (name, body, limits, expected) => {
    const found = await read(body, limits);
    expect(found.map((one) => `${one.line} ${'alert' in one ? 'ok' : one.reject.reason}`)).toEqual(expected);
    expect(found.flatMap((one) => ('reject' in one ? [one.reject.detail] : [])).join()).toContain(`limit ${name}`);
  });

  it('refuses a record of 10 MB and keeps its start', async () => {
    const found = await read(`${alert('a', { title: 'x'.repeat(10_000_000) })}\n${alert('b')}`);
    expect(found).toHaveLength(2);
    const [large] = found;
    if (large === undefined || !('reject' in large)) throw new Error('no reject');
    expect(large.reject.reason).toBe('recordTooLarge');
    expect(large.reject.raw.length).toBe(defaultLimits.recordBytes);
  });
});

describe('a source that fails', () => {
  it('gives what came before, then its own error', async () => {
    const packed = gzipSync(alert('a'));
    for (const bytes of [Buffer.from(`${alert('a')}\n${alert('b')}`), packed]) {
      async function* failing() {
        yield bytes;
        throw new Error('connection reset');
      }
      const found: Received[] = [];
      const reading = async () => {
        const options = { source: 'auto', tenantId: 'acme', now, limits: defaultLimits };
        for await (const one of readBody(failing(), options)) found.push(one);
      };
      await expect(reading()).rejects.toThrow('connection reset');
      expect(found[0] && 'alert' in found[0]).toBe(true);
    }
  });
});

describe('a named source', () => {
  it('accepts only its own records', async () => {
    expect(await summary(`${alert('a')}\n{"class_uid":4001}`, {}, 'graph')).toEqual(['1 ok', '2 unknownFormat']);
    const [one] = await read('{"class_uid":4001}', {}, 'GRAPH');
    expect(one?.source).toBe('graph');
  });

  it('must exist', async () => {
    await expect(read('{}', {}, 'nothing')).rejects.toThrow('unknown source "nothing"');
  });
});

describe('ids', () => {
  it('are the same for a record delivered again with its keys in another order', async () => {
    const one =
      '{"output":"o","priority":"Error","rule":"r","time":"2026-03-02T00:00:00Z","output_fields":{"a":1,"b":2}}';
    const two =
      '{"rule":"r","time":"2026-03-02T00:00:00Z","output_fields":{"b":2,"a":1},"output":"o","priority":"Error"}';
    const ids = (await read(`${one}\n${two}`)).map((each) => ('alert' in each ? each.alert.id : null));
    expect(ids[0]).toMatch(/^fa_[0-9a-f]{32}$/);
    expect(ids[1]).toBe(ids[0]);
  });

  it('are hashed when the provider sends long or odd ones', async () => {
    const [one] = await read(alert(`../${'x'.repeat(500)}`));
    expect(one && 'alert' in one && one.alert.id).toMatch(/^gr_[0-9a-f]{32}$/);
  });
});
