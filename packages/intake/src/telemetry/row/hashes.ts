import type { Values } from './row.ts';

/** Columns SHA1, SHA256 and MD5 (with `prefix`) of Sysmon's "SHA1=…,MD5=…,SHA256=…,IMPHASH=…", in lower case. */
export function hashColumns(hashes: string | undefined, prefix = ''): Values {
  const found: Values = {};
  if (hashes === undefined) return found;
  for (const part of hashes.slice(0, 1024).split(',')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    if (name !== 'SHA1' && name !== 'SHA256' && name !== 'MD5') continue;
    const digits = part
      .slice(at + 1)
      .trim()
      .toLowerCase();
    if (!/^0*$/.test(digits)) found[prefix + name] = digits;
  }
  return found;
}
