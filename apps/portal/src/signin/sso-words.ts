import type { SsoFailure } from '@throughline/model';

const words: Record<SsoFailure, string> = {
  expired: 'This sign-in took too long or was used before. Start again.',
  providerOff: 'This way to sign in is turned off.',
  providerAway: 'The provider does not answer. Try again in a while.',
  providerRefused: 'The provider refused the sign-in.',
  providerWrong: 'The provider’s answer is not what it should be. Tell your administrator.',
  answerNotValid:
    'The provider’s answer did not pass the checks. Start again; if it stays so, tell your administrator.',
  groupsMissing: 'The provider did not send all of your groups. Tell your administrator.',
  notMapped: 'None of your groups may come in here. Ask your administrator for access.',
  accountDisabled: 'Your account here is disabled.',
  identityTaken: 'This identity belongs to another account here.',
  linkSession: 'You were not signed in any more. Sign in and link again.',
};

/** What to say about a sign-in through a provider that failed; the code comes from the address, so it may be anything. */
export function ssoFailureWords(code: string): string {
  return Object.hasOwn(words, code) ? words[code as SsoFailure] : 'Signing in through the provider failed.';
}
