/**
 * Where to go after a sign-in: the asked path when it is one of this portal's own pages, else the queue. Whatever a
 * browser could take for another site is refused: absolute addresses, `//host`, `/\host`, control characters that
 * browsers drop, and paths that only begin well (`/..//host`).
 */
export function localReturnPath(asked: string | undefined): string {
  const fallback = '/incidents';
  if (asked === undefined || asked.length > 2000 || !/^\/(?!\/)[^\\\p{Cc}]*$/u.test(asked)) return fallback;
  const base = 'https://throughline.invalid';
  if (!URL.canParse(asked, base)) return fallback;
  const url = new URL(asked, base);
  if (url.origin !== base || url.pathname.startsWith('//')) return fallback;
  if (/^\/(?:api|sign-in)(?:\/|$)/i.test(url.pathname)) return fallback;
  return url.pathname + url.search + url.hash;
}
