import type { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import type { PasskeyMade, PasskeyOptions, PasskeyShown } from '@throughline/model';

type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];
type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];

/** Whether this browser can use passkeys under this address at all. */
export function canUsePasskeys(): boolean {
  return 'PublicKeyCredential' in window && !/^[\d.]+$|^\[/.test(window.location.hostname);
}

/** Lets the browser make a passkey. Throws Error with words for people. */
export async function makePasskey(options: PasskeyOptions): Promise<PasskeyMade> {
  // Few visits need it: it is not in the page's first code.
  const { startRegistration } = await import('@simplewebauthn/browser');
  try {
    return (await startRegistration({ optionsJSON: options as unknown as CreationOptions })) as PasskeyMade;
  } catch (error) {
    throw new Error(wordsFor(error), { cause: error });
  }
}

/** Lets the browser show a passkey. Throws Error with words for people. */
export async function showPasskey(options: PasskeyOptions): Promise<PasskeyShown> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  try {
    return (await startAuthentication({ optionsJSON: options as unknown as RequestOptions })) as PasskeyShown;
  } catch (error) {
    throw new Error(wordsFor(error), { cause: error });
  }
}

function wordsFor(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'InvalidStateError') return 'This device has a passkey for your account already.';
  if (name === 'NotAllowedError' || name === 'AbortError')
    return 'The passkey was not used: it was cancelled or took too long.';
  return 'The browser could not use a passkey here.';
}
