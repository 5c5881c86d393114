/**
 * Where to go after sign-in: the asked path when it is one of this portal's own, else the queue. Anything that a browser
 * could take for another site (`//host`, `/\host`, a scheme, control characters) is refused.
 */
export function safeReturnPath(asked: unknown): string {
  const fallback = '/incidents';
  if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked)) return fallback;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop them, which could turn "/\t/host" into "//host"
  if (/[\u0000-\u001f\\]/.test(asked) || asked.startsWith('/sign-in') || asked.startsWith('/api/')) return fallback;
  return asked;
}
