/** A one-time link. The secret is in the fragment, which browsers send to no server and write into no log. */
export function signInUrl(base: URL | string, secret: string): string {
  return new URL(`/sign-in#token=${secret}`, base).toString();
}

/** The link of an invitation; its secret is in the fragment too. */
export function invitationUrl(base: URL | string, secret: string): string {
  return new URL(`/invitation#token=${secret}`, base).toString();
}
