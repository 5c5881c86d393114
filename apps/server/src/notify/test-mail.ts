import type { TestMailAnswer } from '@throughline/model';
import { type MailContent, messageId, renderTestMail } from '@throughline/notify';
import { type Db, organizationName, readMailServer, type SecretKeys } from '@throughline/store';
import type { AllowList } from '../outbound/allow-list.ts';
import { DeliveryError } from './delivery-error.ts';
import { openTenantChannel } from './mail-channels.ts';
import type { Notifications } from './notifications.ts';

const timeouts = { connect: 8_000, silence: 10_000, whole: 20_000 };

type Context = Pick<Notifications, 'mailCa'> & { keys: SecretKeys; allow: AllowList; clock: () => Date };

/** Sends a test mail to each address at once, and says what the server said; undefined without a mail server. */
export async function sendTestMail(
  db: Db,
  tenantId: string,
  to: readonly string[],
  context: Context,
): Promise<TestMailAnswer | undefined> {
  return sendMailNow(db, tenantId, to, renderTestMail(await organizationName(db, tenantId)), context);
}

/** Sends a mail to each address at once, past the outbox, and says what the server said; undefined without a mail server. */
export async function sendMailNow(
  db: Db,
  tenantId: string,
  to: readonly string[],
  content: MailContent,
  { keys, allow, mailCa, clock }: Context,
): Promise<TestMailAnswer | undefined> {
  const now = clock();
  const row = await readMailServer(db, tenantId);
  if (row === undefined) return undefined;
  const server = row.config;
  const domain = server.fromAddress.slice(server.fromAddress.lastIndexOf('@') + 1);
  const options = { db, keys, allow, clock, ca: mailCa, timeouts };
  const channel = await openOrRefuse(() => openTenantChannel(options, tenantId, server));
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

async function openOrRefuse<T>(open: () => Promise<T>): Promise<T | DeliveryError> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof DeliveryError) return error;
    throw error;
  }
}

function refusedAll(to: readonly string[], { message }: DeliveryError): TestMailAnswer {
  return { results: to.map((address) => ({ to: address, accepted: false, detail: message })) };
}
