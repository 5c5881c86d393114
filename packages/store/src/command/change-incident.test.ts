import { type Actor, type IncidentChange, incidentChange, incidentDetail, liveEvent } from '@throughline/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '../database.ts';
import { incidentActivity } from '../query/incident-activity.ts';
import { addAlert, addIncident, at, dawn, openStore } from '../query/seed-rows.fixture.ts';
import { everything } from '../query/viewer.ts';
import { ChangeError } from './change-error.ts';
import { changeIncident, changeIncidents } from './change-incident.ts';

let db: Db;
let close: () => Promise<void>;
let id = 0;
const mira: Actor = { kind: 'person', name: 'mira' };
const now = new Date(at(100));

beforeAll(async () => {
  ({ db, close } = await openStore());
  await addIncident(db, 9001, { status: 'redirected', redirect_to: 9002 });
  await addIncident(db, 9002, { status: 'redirected', redirect_to: 9003 });
  await addIncident(db, 9003);
});
beforeEach(async () => {
  id++;
  await addIncident(db, id, { display_name: 'Before', severity: 2, alerts_total: 3, alerts_active: 2 });
  await addAlert(db, id, `${id}-open`, { status: 'new' });
  await addAlert(db, id, `${id}-busy`, { status: 'inProgress', assignedTo: 'tom' });
  await addAlert(db, id, `${id}-done`, { status: 'resolved', resolvedDateTime: dawn });
});
afterAll(() => close());

const change = (fields: IncidentChange, actor = mira) =>
  changeIncident(db, everything('default'), id, incidentChange.parse(fields), actor, now);
const log = async () => (await incidentActivity(db, everything('default'), id, { limit: 50 })).items.toReversed();
const stored = () =>
  db
    .selectFrom('incident')
    .selectAll()
    .where('id', '=', id)
    .where('tenant_id', '=', 'default')
    .executeTakeFirstOrThrow();
const alerts = () =>
  db
    .selectFrom('alert')
    .select(['id', 'status', 'assigned_to', 'person_decided', 'resolved_at'])
    .where('incident_id', '=', id)
    .orderBy('seq')
    .execute();
const events = async () =>
  (await db.selectFrom('live_event').select('event').where('tenant_id', '=', 'default').orderBy('id').execute())
    .map(({ event }) => liveEvent.parse(event))
    .filter((event) => 'incidentId' in event && event.incidentId === id);

describe('changeIncident', () => {
  it('renames and locks the name, and gives it back', async () => {
    const renamed = await change({ displayName: 'Mine' });
    expect(incidentDetail.parse(renamed)).toMatchObject({
      displayName: 'Mine',
      nameLocked: true,
      lastUpdateDateTime: at(100),
      lastModifiedBy: 'mira',
      counts: { activity: 1 },
    });
    const freed = await changeIncident(
      db,
      everything('default'),
      id,
      { unlockName: true },
      mira,
      now,
      () => 'Automatic',
    );
    expect(freed).toMatchObject({ displayName: 'Automatic', nameLocked: false });
    expect(await log()).toMatchObject([
      {
        kind: 'renamed',
        actor: mira,
        at: at(100),
        summary: 'Renamed to "Mine"',
        before: { displayName: 'Before', nameLocked: false },
        after: { displayName: 'Mine', nameLocked: true },
      },
      { kind: 'renamed', after: { displayName: 'Automatic', nameLocked: false } },
    ]);
  });

  it('locks a severity that a person set', async () => {
    expect(await change({ severity: 'high' })).toMatchObject({ severity: 'high' });
    expect(await stored()).toMatchObject({ severity: 4, severity_locked: true });
    expect(await log()).toMatchObject([{ kind: 'severityChanged', summary: 'Severity changed from low to high' }]);
  });

  it('assigns its alerts with it, and unassigns', async () => {
    await change({ assignedTo: 'tom' });
    expect((await alerts()).map((alert) => alert.assigned_to)).toEqual(['tom', 'tom', 'tom']);
    expect((await alerts()).map((alert) => alert.person_decided)).toEqual([false, false, false]);
    expect(await change({ assignedTo: null })).toMatchObject({ assignedTo: null });
    expect((await alerts()).map((alert) => alert.assigned_to)).toEqual([null, null, null]);
    expect(await log()).toMatchObject([
      { kind: 'assigned', summary: 'Assigned to tom (2 alerts)', before: { assignedTo: null } },
      { kind: 'assigned', summary: 'Unassigned from tom (3 alerts)', after: { assignedTo: null, alertsAssigned: 3 } },
    ]);
  });

  it('resolves with a note and its open alerts, and reopens', async () => {
    expect(await change({ status: 'resolved', resolvingComment: 'Contained.' })).toMatchObject({
      status: 'resolved',
      resolvingComment: 'Contained.',
      alertsActive: 0,
    });
    expect(await alerts()).toMatchObject([
      { status: 'resolved', person_decided: true, resolved_at: at(100) },
      { status: 'resolved', person_decided: true, resolved_at: at(100) },
      { status: 'resolved', person_decided: false, resolved_at: dawn },
    ]);
    expect(await stored()).toMatchObject({ resolved_at: at(100), standing_version: 1 });
    expect(await change({ status: 'inProgress' })).toMatchObject({ status: 'inProgress', resolvingComment: null });
    expect(await log()).toMatchObject([
      {
        kind: 'resolved',
        summary: 'Resolved: Contained. (2 alerts)',
        before: { status: 'active', resolvingComment: null },
        after: { status: 'resolved', resolvingComment: 'Contained.', alertsResolved: 2 },
      },
      { kind: 'statusChanged', summary: 'Status changed from resolved to in progress' },
    ]);
  });

  it('leaves the alerts open when asked to', async () => {
    expect(await change({ status: 'resolved', resolveAlerts: false })).toMatchObject({ alertsActive: 2 });
    expect((await alerts()).map(({ status }) => status)).toEqual(['new', 'inProgress', 'resolved']);
  });

  it('classifies in any spelling, sets tags, appends a comment: one entry each, one event', async () => {
    const detail = await change({
      determination: 'CompromisedUser',
      customTags: ['vip', 'VIP', 'lab 🦊'],
      comment: 'Looked at it.\nMore.',
    });
    expect(detail).toMatchObject({
      classification: 'truePositive',
      determination: 'compromisedAccount',
      customTags: ['vip', 'lab 🦊'],
    });
    const entries = await log();
    expect(entries.map(({ kind, summary }) => [kind, summary])).toEqual([
      ['classified', 'Classified as true positive (compromised account)'],
      ['tagsChanged', 'Tags added vip, lab 🦊'],
      ['commented', 'Commented: Looked at it.'],
    ]);
    expect(entries[2]?.comment).toMatchObject({ text: 'Looked at it.\nMore.', versions: 1, editedDateTime: null });
    expect(await events()).toEqual([{ type: 'incident.updated', incidentId: id, kind: 'incident' }]);
    await change({ customTags: ['new'] });
    expect((await log()).at(-1)?.summary).toBe('Tags added new; removed vip, lab 🦊');
  });

  it('tells the correlator only of what binds it', async () => {
    await change({ comment: 'x', customTags: ['y'], displayName: 'z', severity: 'low' });
    expect(await stored()).toMatchObject({ standing_version: 0 });
    await change({ assignedTo: 'mira' });
    await change({ classification: 'falsePositive' });
    await change({ status: 'inProgress' });
    expect(await stored()).toMatchObject({ standing_version: 3 });
  });

  it('writes nothing where nothing differs', async () => {
    const before = await stored();
    await change({ status: 'active', assignedTo: '', classification: 'notSet', customTags: [], unlockName: true });
    expect(await stored()).toEqual(before);
    expect(await log()).toEqual([]);
    expect(await events()).toEqual([]);
  });

  it.each<[string, IncidentChange, string]>([
    ['both names', { displayName: 'x', unlockName: true }, 'unlockName'],
    ['a note without resolving', { resolvingComment: 'x' }, 'resolvingComment'],
    ['alerts without resolving', { resolveAlerts: false, status: 'active' }, 'resolveAlerts'],
    ['an unknown word', { classification: 'bad' }, 'classification'],
    ['a mismatch', { classification: 'falsePositive', determination: 'phishing', assignedTo: 'x' }, 'determination'],
    ['NUL in a name', { displayName: 'a\0' }, 'displayName'],
    ['NUL in a tag', { customTags: ['ok', '\0'] }, 'customTags'],
    ['NUL in an owner', { assignedTo: '\0' }, 'assignedTo'],
    ['NUL in a comment', { comment: 'a\0b', severity: 'high' }, 'comment'],
    ['NUL in a note', { status: 'resolved', resolvingComment: '\0' }, 'resolvingComment'],
  ])('refuses %s and changes nothing', async (_name, fields, target) => {
    const before = await stored();
    await expect(change(fields)).rejects.toMatchObject({ code: 'invalid', target });
    expect(await stored()).toEqual(before);
    expect(await log()).toEqual([]);
    expect((await alerts()).map(({ assigned_to, status }) => [assigned_to, status])).toEqual([
      [null, 'new'],
      ['tom', 'inProgress'],
      [null, 'resolved'],
    ]);
  });

  it('keeps hostile text as text', async () => {
    const name = `"'; drop table incident; -- \ud800 🦊 {}`;
    expect(await change({ displayName: name, comment: name })).toMatchObject({ displayName: name.toWellFormed() });
    expect((await log())[0]).toMatchObject({ after: { displayName: name.toWellFormed() } });
  });

  it('points from a merged incident to its survivor, and knows what is not there', async () => {
    const merged = changeIncident(db, everything('default'), 9001, { severity: 'low' }, mira, now);
    await expect(merged).rejects.toMatchObject({ code: 'redirected', redirect: 9003 });
    await expect(merged).rejects.toBeInstanceOf(ChangeError);
    for (const [tenant, unknown] of [
      ['default', 8888],
      ['other', id],
      ['default', 2 ** 40],
    ] as const) {
      const missing = changeIncident(db, everything(tenant), unknown, { severity: 'low' }, mira, now);
      await expect(missing).rejects.toMatchObject({ code: 'notFound' });
    }
  });

  it('lets changes made at once follow each other', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        change({ comment: `c${i}`, assignedTo: `user${i}` }, { ...mira, name: `u${i}` }),
      ),
    );
    const entries = await log();
    expect(entries).toHaveLength(24);
    const owners = entries.filter(({ kind }) => kind === 'assigned');
    expect(owners.slice(1).map(({ before }) => before.assignedTo)).toEqual(
      owners.slice(0, -1).map(({ after }) => after.assignedTo),
    );
    expect(await events()).toHaveLength(12);
  });

  it('has a log that cannot be rewritten', async () => {
    await change({ comment: 'x' });
    await expect(db.updateTable('activity').set({ summary: 'y' }).execute()).rejects.toThrow('append-only');
    await expect(db.deleteFrom('activity').execute()).rejects.toThrow('append-only');
  });
});

describe('changeIncidents', () => {
  it('changes what it can and says why not', async () => {
    const result = await changeIncidents(
      db,
      everything('default'),
      [id, 9001, id, 8888, 9003],
      { status: 'inProgress' },
      mira,
      now,
    );
    expect(result.changed).toEqual([id, 9003]);
    expect(result.failed).toEqual([
      { id: 9001, reason: 'Incident 9001 was merged into 9003; change that.' },
      { id: 8888, reason: 'There is no incident 8888.' },
    ]);
    expect(await log()).toHaveLength(1);
  });
});
