import { sourcesFor } from '@throughline/access';
import type { DigestFacts } from '@throughline/notify';
import { accountAccess, type Db, digestFacts, digestOwner, organizationName, type Viewer } from '@throughline/store';
import { DeliveryError } from './delivery-error.ts';

type Place = { organization: string; day: string; link: string };

/** What the digest of a day tells, with the eyes of whoever made it. Throws DeliveryError `message` when they are gone. */
export async function digestWords(
  db: Db,
  tenantId: string,
  { digestId, day, until }: { digestId: number; day: string; until: string },
  portalUrl: string,
): Promise<[DigestFacts, Place]> {
  const owner = await digestOwner(db, tenantId, digestId);
  const account = owner && (await accountAccess(db, tenantId, owner.accountId));
  if (!account || account.disabled) {
    throw new DeliveryError('message', 'The account whose device groups this digest counts is gone or disabled.');
  }
  const { userName, groups } = account;
  const viewer = { tenantId, userName, groups, sources: sourcesFor(account, 'incidents.read') };
  return digestOf(db, viewer, { day, until }, portalUrl);
}

/** What a digest would tell a viewer. */
export async function digestOf(
  db: Db,
  viewer: Viewer,
  { day, until }: { day: string; until: string },
  portalUrl: string,
): Promise<[DigestFacts, Place]> {
  const [facts, organization] = await Promise.all([
    digestFacts(db, viewer, new Date(until)),
    organizationName(db, viewer.tenantId),
  ]);
  return [facts, { organization, day, link: new URL('/incidents', portalUrl).href }];
}
