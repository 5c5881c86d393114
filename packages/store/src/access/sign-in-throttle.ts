import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** How many wrong tries in a row a name or an address has before it must wait. */
export type ThrottleLimits = { perAccount: number; perAddress: number };

export const throttleLimits: ThrottleLimits = { perAccount: 5, perAddress: 30 };

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
// After this long without a try a counter starts anew.
const FORGET_MS = 24 * 3_600_000;

/**
 * What is guessed, and from where: the password behind a name, or the second factor of an account. The two are counted
 * apart: a right password must not give the tries at the second factor back.
 */
export type Attempt = { address: string } & ({ userName: string } | { secondFactorOf: number });

/** Whether a try may go on, or how long to wait, ms. */
export type ThrottleAnswer = { allowed: true } | { allowed: false; retryAfterMs: number };

/**
 * Takes one try from an address and a name. The try is counted before the password is looked at, in the row that all
 * servers share: of a thousand parallel requests no more than the limit get to guess. A right password gives it back.
 */
export async function takeTry(
  db: Db,
  attempt: Attempt,
  now: Date,
  limits: ThrottleLimits = throttleLimits,
): Promise<ThrottleAnswer> {
  // The address first: who is stopped there cannot use up the tries of a name.
  const byAddress = await take(db, addressKey(attempt.address), limits.perAddress, now);
  return byAddress.allowed ? take(db, accountKey(attempt), limits.perAccount, now) : byAddress;
}

/** After a right one: the name starts anew, the address gets its try back. Counters long unused go. */
export async function giveTryBack(db: Db, attempt: Attempt, now: Date): Promise<void> {
  const forgotten = new Date(now.getTime() - FORGET_MS).toISOString();
  await db.deleteFrom('sign_in_throttle').where('updated_at', '<', forgotten).execute();
  await db.deleteFrom('sign_in_throttle').where('key', '=', accountKey(attempt)).execute();
  await db
    .updateTable('sign_in_throttle')
    .set({ failures: sql`greatest(failures - 1, 0)`, blocked_until: null })
    .where('key', '=', addressKey(attempt.address))
    .execute();
}

async function take(db: Db, key: string, limit: number, now: Date): Promise<ThrottleAnswer> {
  const { rows } = await sql`
    insert into sign_in_throttle as t (key, failures, updated_at) values (${key}, 1, ${now})
    on conflict (key) do update set
      failures = case when t.updated_at < ${new Date(now.getTime() - FORGET_MS)} then 1 else t.failures + 1 end,
      blocked_until = case
        when t.failures + 1 >= ${limit}::int and t.updated_at >= ${new Date(now.getTime() - FORGET_MS)}
        then ${now}::timestamptz + least(
          ${FIRST_WAIT_MS} * power(2, least(t.failures + 1 - ${limit}::int, 20)), ${LONGEST_WAIT_MS}) * interval '1 ms'
      end,
      updated_at = ${now}
    where t.blocked_until is null or t.blocked_until <= ${now}
    returning failures`.execute(db);
  if (rows.length > 0) return { allowed: true };
  const blocked = await db
    .selectFrom('sign_in_throttle')
    .select('blocked_until')
    .where('key', '=', key)
    .executeTakeFirst();
  const until = blocked?.blocked_until ? Date.parse(blocked.blocked_until) : now.getTime();
  return { allowed: false, retryAfterMs: Math.max(until - now.getTime(), 1000) };
}

function accountKey(attempt: Attempt): string {
  return 'userName' in attempt
    ? `account:${attempt.userName.toLowerCase()}`
    : `second-factor:${attempt.secondFactorOf}`;
}

/** One key per IPv4 address and per IPv6 network of 64 bits, which is what one customer gets. */
function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return `address:${plain.includes(':') ? expandIpv6(plain).slice(0, 4).join(':') : plain}`;
}

function expandIpv6(address: string): string[] {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = tail === undefined ? 0 : Math.max(8 - left.length - right.length, 0);
  return [...left, ...Array<string>(middle).fill('0'), ...right];
}
