import { DeliveryError, type DeliveryFailure } from './delivery-error.ts';

/** What nodemailer says of a failure. */
export type SmtpError = Error & {
  code?: string;
  responseCode?: number;
  response?: string;
  command?: string;
  permanent?: boolean;
};

/** A failed mail in the terms of the outbox; `secrets` are kept out of the words. */
export function mailFailure(error: SmtpError, secrets: readonly (string | null)[]): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const { code, response, message } = error;
  const said = response !== undefined && (code === 'EENVELOPE' || code === 'EMESSAGE');
  const told = said ? `The mail server said: ${response}` : message;
  const words = secrets.reduce<string>((text, secret) => (secret === null ? text : text.replaceAll(secret, '…')), told);
  return new DeliveryError(failureOf(error), words.replace(/\p{Cc}+/gu, ' '), error);
}

/**
 * A reply to one recipient or message is about that message; the sender refused, sign-in failed, no connection: that
 * concerns every mail, and mending the settings mends it.
 */
function failureOf({ code, command, responseCode, permanent }: SmtpError): DeliveryFailure {
  if (code === 'EENVELOPE' && responseCode === undefined) return 'message';
  const aboutMessage = (code === 'EENVELOPE' && command !== 'MAIL FROM') || code === 'EMESSAGE';
  if (!aboutMessage || responseCode === undefined || responseCode === 421) return 'way';
  return permanent ? 'message' : 'later';
}
