import { type SecretPlace, secretDestination } from '../secret/secrets.ts';

/** Owner of the client secret of a provider. */
export function providerSecretOwner(id: number): string {
  return `signIn.provider/${id}`;
}

/** Where the client secret of a provider is sealed, and for which host alone. */
export function providerSecretPlace(tenantId: string, { id, issuer }: { id: number; issuer: string }): SecretPlace {
  return { tenantId, owner: providerSecretOwner(id), destination: secretDestination(issuer) };
}
