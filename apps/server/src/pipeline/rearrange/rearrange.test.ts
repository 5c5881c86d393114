import { defaultConfig } from '@throughline/correlate';
import { deleteSlice, startIncidentDeletion, survivingIncident } from '@throughline/store';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { generateModelAlerts, mulberry32 } from '../../../../../e2e/generate-alerts.ts';
import { settleRemaining } from '../../settings-api/settle-remaining.ts';
import { append, clock, openDatabase, tenantId, withWriter } from '../pipeline.fixture.ts';
import { rebuildState } from '../rebuild.ts';
import { anyRequest, ask, step, viewer, wrongThings } from './rearrange.fixture.ts';

describe('rearranging incidents', () => {
  it.each([3, 4])('keeps every invariant under any sequence of automatic and human changes (seed %i)', async (seed) => {
    const { db, close } = await openDatabase();
    try {
      const random = mulberry32(seed);
      const alerts = [...generateModelAlerts(150, { seed })];
      for (let from = 0; from < alerts.length; from += 15) await append(db, alerts.slice(from, from + 15));
      await withWriter(db, async (writer) => {
        const live = await rebuildState(writer, tenantId, defaultConfig);
        const done = { merge: 0, move: 0, undo: 0, release: 0 };
        const refused = new Set<unknown>();
        while (await step(db, writer, live)) {
          for (let n = 0; n < 5; n++) {
            const request = await anyRequest(db, random);
            const { state, answer } = await ask(db, writer, live, request);
            if (state === 'done') done[request.kind]++;
            else refused.add(answer.reason);
          }
          expect(await wrongThings(db)).toEqual([]);
        }
        expect(Math.min(done.merge, done.move, done.undo)).toBeGreaterThan(3);
        expect([...refused]).not.toContain(undefined);
        const ids = await db.selectFrom('incident').select('id').execute();
        for (const { id } of ids) {
          const survivor = await survivingIncident(db, viewer, id);
          expect(survivor).not.toBeNull();
          expect(live.correlator.find(id)).toBe(survivor);
        }
        for (const alert of await db.selectFrom('alert').select(['id', 'incident_id']).execute()) {
          expect(live.correlator.incidentOf(alert.id)).toBe(alert.incident_id);
        }
        const last = alerts.at(-1);
        if (last) await append(db, [{ ...last, id: 'one-more', providerAlertId: 'one-more' }]);
        await step(db, writer, live);
        const rebuilt = await rebuildState(writer, tenantId, defaultConfig);
        expect(rebuilt.correlator.stateHash()).toBe(live.correlator.stateHash());
      });
    } finally {
      await close();
    }
  });

  it('goes on when incidents that alerts were moved out of and into are deleted', async () => {
    const { db, close } = await openDatabase();
    try {
      const random = mulberry32(7);
      const alerts = [...generateModelAlerts(220, { seed: 7 })];
      for (let from = 0; from < 140; from += 20) await append(db, alerts.slice(from, from + 20));
      await withWriter(db, async (writer) => {
        const live = await rebuildState(writer, tenantId, defaultConfig);
        while (await step(db, writer, live)) {
          for (let n = 0; n < 4; n++) await ask(db, writer, live, await anyRequest(db, random));
        }
        const moves = await db
          .selectFrom('rearrangement')
          .select(['from_id', 'into_id'])
          .where('kind', '=', 'move')
          .execute();
        const roots = new Set<number>();
        for (const { from_id, into_id } of moves.slice(0, 12)) {
          roots.add((await survivingIncident(db, viewer, random() < 0.5 ? from_id : into_id)) ?? 0);
        }
        const now = clock();
        for (const id of roots) await startIncidentDeletion(db, { tenantId, by: 'ada', now }, id, 'test');
        await expect(ask(db, writer, live, { kind: 'undo', rearrangementId: 1 })).rejects.toThrow('was deleted');
        while (await deleteSlice(db, now, settleRemaining));
        const gone = (await sql<{ id: number }>`select id from deleted_incident`.execute(db)).rows.map(({ id }) => id);
        expect(gone.length).toBeGreaterThan(roots.size - 1);
        const left = await sql`
          select from rearrangement r where not exists (select from incident i where i.id in (r.from_id, r.into_id))
            or exists (select from json_array_elements(r.effect -> 'incidents') e
              where (e ->> 'id')::int = any(${gone}::int[]))
          union all select from alert where origin_incident_id = any(${gone}::int[])`.execute(db);
        expect(left.rows).toEqual([]);

        const rebuilt = await rebuildState(writer, tenantId, defaultConfig);
        await append(db, alerts.slice(120));
        while (await step(db, writer, rebuilt)) {
          for (let n = 0; n < 4; n++) await ask(db, writer, rebuilt, await anyRequest(db, random));
        }
        expect(await wrongThings(db)).toEqual([]);
        const again = await sql`select from incident where id = any(${gone}::int[])`.execute(db);
        expect(again.rows).toEqual([]);
        for (const alert of await db.selectFrom('alert').select(['id', 'incident_id']).execute()) {
          expect(rebuilt.correlator.incidentOf(alert.id)).toBe(alert.incident_id);
        }
      });
    } finally {
      await close();
    }
  });
});
