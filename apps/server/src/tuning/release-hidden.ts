import type { Principal } from '@throughline/access';
import type { TuningRelease, TuningReleaseBody } from '@throughline/model';
import { appliedOnce, type Db, matchesOfRule, readTuningRule, seesEverything } from '@throughline/store';
import type { Services } from '../api/services.ts';
import { rearrangeIncidents } from '../rearrange/rearrange-incidents.ts';

const mostMs = 8_000;

/**
 * Releases alerts that a rule hides: those named, or one batch after another until none is left or some seconds are over.
 *
 * @throws TuningError `noSuchRule`; ApiError 409 when it hides none of them any more, 503 when correlation is busy.
 */
export async function releaseHidden(
  services: Pick<Services, 'db' | 'clock'>,
  principal: Principal,
  ruleId: number,
  { alertIds = null, note }: Omit<TuningReleaseBody, 'alertIds'> & { alertIds?: string[] | null | undefined },
): Promise<TuningRelease> {
  const { db, clock } = services;
  await requireRule(db, principal, ruleId);
  const until = performance.now() + mostMs;
  let released = 0;
  let incidentId = 0;
  // What cannot be stored is the id of no alert.
  const ids = alertIds?.map((id) => id.replaceAll('\0', '\u{FFFD}').toWellFormed()) ?? null;
  for (;;) {
    const done = await rearrangeIncidents(services, principal, { kind: 'release', ruleId, alertIds: ids, note });
    released += done.movedAlerts;
    if (incidentId === 0) incidentId = done.incidentId;
    const { hidden: remaining } = await matchesOfRule(db, principal, ruleId, clock());
    if (alertIds !== null || remaining === 0 || performance.now() > until) return { released, remaining, incidentId };
  }
}

/**
 * Refuses a rule that the viewer does not see. Who sees everything may also ask about one that is gone while alerts say
 * that it applied to them: these stay.
 *
 * @throws TuningError `noSuchRule`
 */
export async function requireRule(db: Db, principal: Principal, ruleId: number): Promise<void> {
  if (seesEverything(principal) && (await appliedOnce(db, principal.tenantId, ruleId))) return;
  await readTuningRule(db, principal, ruleId);
}
