/** Domain and name of an account, in lower case as Defender writes them. */
export type Account = { domain: string | undefined; name: string | undefined };

const nobody: Account = { domain: undefined, name: undefined };

/** Splits "DOMAIN\name"; a name alone has no domain. */
export function accountOf(user: string | undefined): Account {
  if (user === undefined) return nobody;
  const written = user.toLowerCase();
  const at = written.indexOf('\\');
  return at < 0 ? { domain: undefined, name: written } : { domain: written.slice(0, at), name: written.slice(at + 1) };
}
