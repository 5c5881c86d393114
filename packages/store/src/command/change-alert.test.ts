import { type Actor, type AlertChange, alertChange, alertDetail } from '@throughline/model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Db } from '../database.ts';
import { commentVersions } from '../query/comment-versions.ts';
import { incidentActivity } from '../query/incident-activity.ts';
import { addAlert, addIncident, at, openStore } from '../query/seed-rows.fixture.ts';
import { everything } from '../query/viewer.ts';
import { changeAlert } from './change-alert.ts';
import { addComment, editComment } from './comment.ts';

let db: Db;
let close: () => Promise<void>;
let id = 0;
const mira: Actor = { kind: 'person', name: 'mira' };
const tom: Actor = { kind: 'token', name: 'tom' };
const now = new Date(at(100));
const sentence = () => 'because';

beforeAll(async () => {
  ({ db, close } = await openStore());
});
beforeEach(async () => {
  id++;
  await addIncident(db, id, { alerts_total: 2, alerts_active: 2 });
  await addAlert(db, id, `${id}-a`);
  await addAlert(db, id, `${id}-b`);
});
afterAll(() => close());

const change = (fields: AlertChange) =>
  changeAlert(db, everything('default'), `${id}-a`, alertChange.parse(fields), mira, now, sentence);
const log = async () => (await incidentActivity(db, everything('default'), id, { limit: 50 })).items.toReversed();
const incident = () => db.selectFrom('incident').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

describe('changeAlert', () => {
  it('changes status, owner and verdict, and counts the open alerts of its incident', async () => {
    const detail = await change({ status: 'resolved', assignedTo: 'mira', determination: 'malware', comment: 'Seen.' });
    expect(alertDetail.parse(detail)).toMatchObject({
      alert: {
        status: 'resolved',
        assignedTo: 'mira',
        classification: 'truePositive',
        determination: 'malware',
        resolvedDateTime: at(100),
      },
    });
    expect(await incident()).toMatchObject({ alerts_active: 1, updated_at: at(100), last_modified_by: 'mira' });
    expect((await log()).map(({ kind, alertId }) => [kind, alertId])).toEqual([
      ['alertStatusChanged', `${id}-a`],
      ['assigned', `${id}-a`],
      ['classified', `${id}-a`],
      ['commented', `${id}-a`],
    ]);
    await change({ status: 'new' });
    expect(await incident()).toMatchObject({ alerts_active: 2, standing_version: 0 });
  });

  it.each<[AlertChange, boolean]>([
    [{ status: 'new' }, true],
    [{ classification: 'unknown' }, true],
    [{ assignedTo: 'mira' }, false],
    [{ comment: 'x' }, false],
  ])('%o: decided by a person is %s', async (fields, decided) => {
    await change(fields);
    const alert = await db
      .selectFrom('alert')
      .select('person_decided')
      .where('id', '=', `${id}-a`)
      .executeTakeFirstOrThrow();
    expect(alert.person_decided).toBe(decided);
  });

  it('refuses what does not fit, and knows what is not there', async () => {
    const mismatch = change({ classification: 'truePositive', determination: 'clean' });
    await expect(mismatch).rejects.toMatchObject({ code: 'invalid', target: 'determination' });
    for (const missing of ['none', '\0']) {
      const answer = changeAlert(db, everything('default'), missing, { status: 'new' }, mira, now, sentence);
      await expect(answer).rejects.toMatchObject({ code: 'notFound', target: 'alert' });
    }
    expect(await log()).toEqual([]);
  });
});

describe('comments', () => {
  it('are appended to incidents and alerts', async () => {
    expect(await addComment(db, everything('default'), { incidentId: id }, 'On the incident', mira, now)).toMatchObject(
      {
        kind: 'commented',
        incidentId: id,
        alertId: null,
        comment: { text: 'On the incident', versions: 1 },
      },
    );
    expect(await addComment(db, everything('default'), { alertId: `${id}-b` }, 'On the alert', tom, now)).toMatchObject(
      {
        incidentId: id,
        alertId: `${id}-b`,
        actor: tom,
      },
    );
    expect(await incident()).toMatchObject({ last_modified_by: 'tom', updated_at: at(100) });
  });

  it('are edited by their author only; every version stays', async () => {
    const { comment } = await addComment(db, everything('default'), { incidentId: id }, 'First', mira, now);
    const edit = (text: string, actor: Actor) =>
      editComment(db, everything('default'), comment?.id ?? 0, text, actor, new Date(at(101)));
    await expect(edit('Forged', tom)).rejects.toMatchObject({ code: 'conflict', target: 'comment' });
    expect(await edit('Second', mira)).toMatchObject({
      kind: 'commentEdited',
      before: { comment: 'First' },
      after: { comment: 'Second' },
      comment: null,
    });
    expect(await edit('Second', mira)).toBeNull();
    expect(await commentVersions(db, everything('default'), comment?.id ?? 0)).toEqual([
      { text: 'First', at: at(100), by: 'mira' },
      { text: 'Second', at: at(101), by: 'mira' },
    ]);
    expect((await log())[0]?.comment).toEqual({
      id: comment?.id,
      text: 'Second',
      editedDateTime: at(101),
      versions: 2,
    });
  });

  it('are refused where they cannot be', async () => {
    await addIncident(db, 10_000 + id, { status: 'redirected', redirect_to: id });
    const on = (target: { incidentId: number } | { alertId: string }, text = 'x') =>
      addComment(db, everything('default'), target, text, mira, now);
    await expect(on({ incidentId: 10_000 + id })).rejects.toMatchObject({ code: 'redirected', redirect: id });
    await expect(on({ incidentId: 777 })).rejects.toMatchObject({ code: 'notFound' });
    await expect(on({ alertId: 'none' })).rejects.toMatchObject({ code: 'notFound' });
    await expect(on({ incidentId: id }, '\0')).rejects.toMatchObject({ code: 'invalid', target: 'comment' });
    await expect(editComment(db, everything('default'), 999_999, 'x', mira, now)).rejects.toMatchObject({
      code: 'notFound',
    });
    expect(await commentVersions(db, everything('other'), 1)).toBeNull();
    expect(await log()).toEqual([]);
  });
});
