import type { TestMailAnswer } from '@throughline/model';
import { messageId, renderTestMail } from '@throughline/notify';
import { type Db, organizationName, readMailServer, type SecretKeys } from '@throughline/store';
import { DeliveryError } from './delivery-error.ts';
import { openMailChannel } from './mail-channel.ts';
import { mailSecret } from './mail-channels.ts';
import type { Notifications } from './notifications.ts';

const timeouts = { connect: 8_000, silence: 10_000, whole: 20_000 };

/** Sends a test mail to each address at once, and says what the server said; undefined without a mail server. */
export async function sendTestMail(
  db: Db,
  tenantId: string,
  to: readonly string[],
  { keys, mailCa, now }: Pick<Notifications, 'mailCa'> & { keys: SecretKeys; now: Date },
): Promise<TestMailAnswer | undefined> {
  const row = await readMailServer(db, tenantId);
  if (row === undefined) return undefined;
  const server = row.config;
  const content = renderTestMail(await organizationName(db, tenantId));
  const domain = server.fromAddress.slice(server.fromAddress.lastIndexOf('@') + 1);
  const secret = await mailSecret(db, keys, tenantId, server);
  const channel = openOrRefuse(() => openMailChannel({ server, secret, ca: mailCa, timeouts }));
  if (channel instanceof DeliveryError) return refusedAll(to, channel);
  try {
    const results = await Promise.all(
      to.map(async (address) => {
        const id = messageId('test', `${address}/${now.getTime()}`, domain);
        const mail = { ...content, to: address, messageId: id, date: now.toISOString() };
        try {
          await channel.send(mail);
          return { to: address, accepted: true, detail: 'The mail server accepted the mail.' };
        } catch (error) {
          return { to: address, accepted: false, detail: (error as Error).message };
        }
      }),
    );
    return { results };
  } finally {
    channel.close();
  }
}

function openOrRefuse<T>(open: () => T): T | DeliveryError {
  try {
    return open();
  } catch (error) {
    if (error instanceof DeliveryError) return error;
    throw error;
  }
}

function refusedAll(to: readonly string[], { message }: DeliveryError): TestMailAnswer {
  return { results: to.map((address) => ({ to: address, accepted: false, detail: message })) };
}
