/** A one-time link. The secret is in the fragment, which browsers send to no server and write into no log. */
export function signInUrl(base: URL | string, secret: string): string {
  return new URL(`/sign-in#token=${secret}`, base).toString();
}
