import { setTimeout as sleep } from 'node:timers/promises';
import { giveUpAfter, pauseAfter, retryPauses } from '@throughline/notify';
import {
  asNotifier,
  type ClaimedDelivery,
  claimDeliveries,
  type Db,
  giveUp,
  listTenants,
  markDead,
  markSent,
  markWaiting,
  nextDue,
  readMailServer,
  recoverSending,
  type SecretKeys,
  wayOut,
} from '@throughline/store';
import { operationsWatch, type WatchOptions } from '../operations-watch/watch.ts';
import type { AllowList } from '../outbound/allow-list.ts';
import { WakeUp } from '../pipeline/wake-up.ts';
import { deliver } from './deliver.ts';
import { DeliveryError } from './delivery-error.ts';
import { escalate } from './escalate.ts';
import type { MailTimeouts } from './mail-channel.ts';
import { MailChannels } from './mail-channels.ts';
import { planTenant } from './plan-tenant.ts';
import { queueDigests } from './queue-digests.ts';
import { Ways } from './ways.ts';

/** Where the notifier reports; a pino logger or `console` fits. */
export type NotifierLog = { info(message: string): void; warn(message: string): void; error(message: string): void };

export type NotifierOptions = {
  db: Db;
  log: NotifierLog;
  clock: () => Date;
  keys: SecretKeys;
  /** Where webhooks may go beyond the public internet. */
  allow: AllowList;
  /** Where people reach the portal: what links begin with. */
  portalUrl: string;
  /** Certificates (PEM) that mail servers are checked against instead of the system's. */
  mailCa?: string | undefined;
  mailTimeouts?: MailTimeouts | undefined;
  pauses?: NotifierPauses;
  /** The watch over the server; left out = none. */
  watch?: WatchOptions;
};

/** Times in ms. */
export type NotifierPauses = {
  /** Before a message that was not taken is tried again. */
  retry: readonly number[];
  /** Before a closed way is tried again. */
  way: readonly number[];
  /** How long a message is tried. */
  patience: number;
  /** Between looks at the database when nothing announces itself. */
  poll: number;
};

const seconds = 1000;
export const usualPauses: NotifierPauses = {
  retry: retryPauses,
  way: [10, 30, 60, 120, 300].map((each) => each * seconds),
  patience: giveUpAfter,
  poll: 5 * seconds,
};

/** A running notifier. */
export type Notifier = {
  /** Something was committed: look now rather than at the next poll. */
  notify(): void;
  /** Ends; what is being sent gets a moment, then it is tried again after the next start. */
  stop(): Promise<void>;
};

/** The job that the notifier is. */
const notifierJob = 'Notifications';
const mostAtOnce = 8;
const standByMs = 2 * seconds;
const graceMs = 1.5 * seconds;
const restartGraceMs = 3_600 * seconds;
/** Commits come in bursts: one look serves many. */
const gatherMs = 50;
const mostBackoffMs = 15 * seconds;

/** Judges what correlation did against the rules and sends what is to be told, for all tenants; one process at a time. */
export function startNotifier(options: NotifierOptions): Notifier {
  const wakeUp = new WakeUp();
  const running = run(options, wakeUp);
  return {
    notify: () => wakeUp.notify(),
    async stop() {
      wakeUp.stop();
      await running;
    },
  };
}

async function run(options: NotifierOptions, wakeUp: WakeUp): Promise<void> {
  const { db, log } = options;
  for (let failures = 0; !wakeUp.stopped; ) {
    try {
      const held = await asNotifier(db, (stillHeld) => work(options, wakeUp, stillHeld));
      failures = 0;
      if (!held) await wakeUp.pause(standByMs);
    } catch (error) {
      if (wakeUp.stopped) return;
      failures++;
      log.error(`notifications start over: ${(error as Error).message}`);
      options.watch?.note(notifierJob, error as Error);
      await wakeUp.pause(Math.min(mostBackoffMs, 100 * 2 ** failures));
    }
  }
}

async function work(options: NotifierOptions, wakeUp: WakeUp, stillHeld: () => Promise<void>): Promise<void> {
  const { db, log, clock, keys, allow, portalUrl, pauses = usualPauses } = options;
  const channels = new MailChannels({ db, keys, allow, clock, ca: options.mailCa, timeouts: options.mailTimeouts });
  const ways = new Ways(pauses.way);
  const context = { db, keys, channels, allow, portalUrl, clock };
  const look = options.watch === undefined ? undefined : operationsWatch(db, log, options.watch);
  const underWay = new Set<Promise<void>>();
  /** Why an outcome could not be noted: everything is read again from the database. */
  let unnoted: Error | undefined;

  const start = (delivery: ClaimedDelivery) => {
    const one = settle(delivery)
      .catch((error) => {
        unnoted = error;
      })
      .finally(() => {
        underWay.delete(one);
        wakeUp.notify();
      });
    underWay.add(one);
  };
  const settle = async (delivery: ClaimedDelivery): Promise<void> => {
    const { id, tenantId, channel, target, attempts } = delivery;
    const way = wayOut(tenantId, channel, target);
    try {
      await deliver(context, delivery);
      await untilDone(() => markSent(db, id, clock()), log);
      if (ways.open(way)) log.info(`notifications go out again by ${way}`);
    } catch (error) {
      const { failure, message } = asDeliveryError(error as Error);
      const now = clock().getTime();
      if (failure === 'message') {
        log.warn(`notification ${id} by ${way} was refused: ${message}`);
        await untilDone(() => markDead(db, id, message), log);
        return;
      }
      const pause = failure === 'way' ? ways.close(way, now) : pauseAfter(attempts, pauses.retry);
      log.warn(`notification ${id} by ${way} did not go out, next try in ${Math.ceil(pause / seconds)} s: ${message}`);
      await untilDone(() => markWaiting(db, id, new Date(now + pause), message), log);
    }
  };

  try {
    const recovered = await recoverSending(db, clock(), Math.min(pauses.patience, restartGraceMs));
    if (recovered > 0) log.info(`${recovered} notifications were being sent when a server ended: they are sent again`);
    while (!wakeUp.stopped) {
      if (unnoted !== undefined) throw unnoted;
      await stillHeld();
      const tenants = await listTenants(db);
      let more = false;
      for (const tenantId of tenants) more = (await planTenant(db, tenantId, clock(), pauses.patience)) || more;
      await escalate(db, clock(), pauses.patience);
      await queueDigests(db, clock(), pauses.patience);
      await look?.(tenants, clock(), pauses.patience);
      options.watch?.note(notifierJob, null);
      const dead = await giveUp(db, clock());
      if (dead > 0) log.warn(`${dead} notifications could not be sent in time and became dead letters`);
      const now = clock();
      const free = mostAtOnce - underWay.size;
      if (free > 0) {
        const blocked = [...ways.blocked(now.getTime()), ...(await withoutMailServer(db, tenants))];
        const claimed = await claimDeliveries(db, { now, limit: free, blocked });
        for (const delivery of claimed) start(delivery);
        more ||= claimed.length === free && free > 1;
      }
      if (more) await sleep(0);
      else {
        await wakeUp.wait(await restMs(db, ways, clock().getTime(), pauses.poll));
        await wakeUp.pause(gatherMs);
      }
    }
  } finally {
    await Promise.race([Promise.all(underWay), sleep(graceMs, undefined, { ref: false })]);
    channels.close();
    await Promise.race([Promise.all(underWay), sleep(graceMs / 3, undefined, { ref: false })]);
  }
}

/** How long there is nothing to do, ms. */
async function restMs(db: Db, ways: Ways, now: number, poll: number): Promise<number> {
  const due = await nextDue(db);
  const times = [due, ways.nextOpening(now)].filter((time) => time !== undefined && time > now) as number[];
  return Math.max(1, Math.min(poll, ...times.map((time) => time - now)));
}

async function withoutMailServer(db: Db, tenants: readonly string[]): Promise<string[]> {
  const servers = await Promise.all(tenants.map((tenantId) => readMailServer(db, tenantId)));
  return tenants.filter((_, index) => servers[index] === undefined).map((tenantId) => wayOut(tenantId, 'mail', ''));
}

function asDeliveryError(error: Error): DeliveryError {
  return error instanceof DeliveryError ? error : new DeliveryError('way', error.message, error);
}

/** What was sent must be noted, or it is sent twice: a database that hiccups is asked again. */
async function untilDone(mark: () => Promise<void>, log: NotifierLog): Promise<void> {
  for (const pause of [100, 500, 2_000, 5_000, 15_000]) {
    try {
      await mark();
      return;
    } catch (error) {
      log.error(`the outcome of a notification could not be noted yet: ${(error as Error).message}`);
      await sleep(pause);
    }
  }
  await mark();
}
