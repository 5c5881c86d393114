import { describe, expect, it } from 'vitest';
import { labelledFields, readExtension, splitCef } from './cef-extension.ts';
import { syslogHeader } from './syslog-header.ts';

describe('CEF', () => {
  it('unescapes pipes and backslashes in the header only', () => {
    const split = splitCef('CEF:0|a\\|b|c\\\\d|1|id|n\\=ame|5|k=v|w');
    expect(split?.header).toMatchObject({ vendor: 'a|b', product: 'c\\d', name: 'n\\=ame', severity: '5' });
    expect(split?.extension).toBe('k=v|w');
  });

  it.each<[string, Record<string, string>]>([
    ['a=1 b=two words c=3', { a: '1', b: 'two words', c: '3' }],
    ['a= b= c=x', { a: '', b: '', c: 'x' }],
    ['msg=x\\=y\\\\z\\nnew a=b', { msg: 'x=y\\z\nnew', a: 'b' }],
    [
      'request=https://example.com/?q\\=1&r\\=2 act=blocked',
      { request: 'https://example.com/?q=1&r=2', act: 'blocked' },
    ],
    ['a=1  b=2', { a: '1', b: '2' }],
    ['no pairs here', {}],
    ['__proto__=x a=1', { ['__proto__']: 'x', a: '1' }],
  ])('%s', (extension, expected) => {
    expect(new Map(readExtension(extension))).toEqual(new Map(Object.entries(expected)));
  });

  it('names custom fields by their labels', () => {
    expect(labelledFields(readExtension('cs1Label="Safe name" cs1=Payroll cn1Label=Count cn1= cs2=x'))).toEqual({
      'Safe name': 'Payroll',
    });
  });
});

describe('syslog header', () => {
  it.each([
    ['<134>1 2026-03-02T10:15:30Z host-1 app - - - ', '2026-03-02T10:15:30Z', 'host-1'],
    ['<134>Mar  2 10:15:30 host-1 ', 'Mar  2 10:15:30', 'host-1'],
    ['<134>Mar  2 10:15:30 2001:db8::1 ', 'Mar  2 10:15:30', '2001:db8::1'],
    ['<134>Mar  2 10:15:30 cef[243]: ', 'Mar  2 10:15:30', null],
    ['<134> 2026-03-02T10:15:30.000Z ', '2026-03-02T10:15:30.000Z', null],
    ['<134>1 - - ', null, null],
    ['', null, null],
  ])('%s', (prefix, time, host) => {
    expect(syslogHeader(prefix)).toEqual({ time, host });
  });
});
