import { incidentListQuery } from '@throughline/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAccount } from '../access/accounts.ts';
import { changeIncident } from '../command/change-incident.ts';
import { connect, type Db } from '../database.ts';
import { freshDatabase, type TestDatabase } from '../engine/test-database.ts';
import { migrate } from '../migrate.ts';
import { changeUserGroup, createUserGroup, deleteUserGroup } from '../scope/user-groups.ts';
import { listIncidents } from './incident-list.ts';
import { incidentSummary } from './incident-summary.ts';
import { addAlert, addIncident } from './seed-rows.fixture.ts';
import { listAssignees } from './suggest.ts';
import type { Viewer } from './viewer.ts';

const tenantId = 'default';
const nina = { tenantId, userName: 'nina', groups: null, sources: null };
const tom = { ...nina, userName: 'tom' };
let database: TestDatabase;
let db: Db;
let groupId: number;

beforeAll(async () => {
  database = await freshDatabase();
  await migrate(database.databaseUrl);
  db = connect(database.databaseUrl, { max: 4, log: console });
  await createAccount(db, tenantId, { userName: 'root', displayName: 'Root', role: 'administrator' });
  const { id } = await createAccount(db, tenantId, { userName: 'nina', displayName: 'Nina', role: 'operator' });
  await createAccount(db, tenantId, { userName: 'tom', displayName: 'Tom', role: 'operator' });
  await createAccount(db, tenantId, { userName: 'robot', displayName: 'Robot', role: 'operator', kind: 'service' });
  groupId = (await createUserGroup(db, tenantId, { name: 'Night shift', accountIds: [id] })).id;
  for (const incident of [1, 2, 3, 4]) await addIncident(db, incident);
  const give = (incident: number, assignedTo: string) =>
    changeIncident(db, nina, incident, { assignedTo }, { kind: 'person', name: 'nina' }, new Date());
  await give(1, 'nina');
  await give(2, 'group:Night shift');
  await give(3, 'group:Other');
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const found = async (viewer: Viewer, assignee: string[]) => {
  const query = incidentListQuery.parse({ assignee, sort: 'id', dir: 'asc' });
  return (await listIncidents(db, viewer, query)).items.map(({ id }) => id);
};

describe('work of user groups', () => {
  test.each([
    [['me'], [1], []],
    [['my-groups'], [2], []],
    [['me', 'my-groups'], [1, 2], []],
    [['my-groups', 'unassigned'], [2, 4], [4]],
    [['group:Other'], [3], [3]],
  ])('%o', async (assignee, ofNina, ofTom) => {
    expect(await found(nina, assignee)).toEqual(ofNina);
    expect(await found(tom, assignee)).toEqual(ofTom);
  });

  test('is seen within the scope of its people only', async () => {
    await addIncident(db, 5, { device_groups: [7] });
    await addIncident(db, 6, { device_groups: [8] });
    await addAlert(db, 5, 'a5', { serviceSource: 'edr' }, { device_groups: [7] });
    await addAlert(db, 6, 'a6', { serviceSource: 'mail' }, { device_groups: [8] });
    const by = { kind: 'person', name: 'nina' } as const;
    for (const id of [5, 6]) await changeIncident(db, nina, id, { assignedTo: 'group:Night shift' }, by, new Date());
    const scopes = [
      { groups: [7], sources: null },
      { groups: null, sources: { mode: 'allExcept', sources: ['mail'] } },
    ] as const;
    for (const scope of scopes) {
      expect(await found({ ...nina, ...scope }, ['me', 'my-groups'])).toEqual([5]);
      const summary = await incidentSummary(db, { ...nina, ...scope });
      expect(summary.open).toBe(1);
    }
    expect(await found({ ...nina, groups: [8], sources: null }, ['my-groups'])).toEqual([6]);
    await db
      .updateTable('incident')
      .set({ assigned_to: 'gone', status: 'resolved' })
      .where('id', 'in', [5, 6])
      .execute();
  });

  test('can be given to people and groups, not to programs', async () => {
    const names = (await listAssignees(db, nina)).map(({ userName }) => userName);
    expect(names).toEqual(['nina', 'root', 'tom', 'group:Night shift']);
  });

  test('is told in words', async () => {
    const rows = await db
      .selectFrom('activity')
      .select('summary')
      .where('incident_id', '=', 2)
      .where('kind', '=', 'assigned')
      .execute();
    expect(rows.map(({ summary }) => summary)).toEqual(['Assigned to the group Night shift']);
  });

  test('no account can be named like a group', async () => {
    for (const userName of ['group:Night shift', 'GROUP:x', 'My-Groups']) {
      const adding = createAccount(db, tenantId, { userName, displayName: 'X', role: 'reader' });
      await expect(adding).rejects.toMatchObject({ reason: 'userNameTaken' });
    }
  });

  test('follows the group when it is renamed, and keeps its name when it is deleted', async () => {
    await changeUserGroup(db, tenantId, groupId, { name: 'Day shift' });
    expect(await found(nina, ['my-groups'])).toEqual([2]);
    expect(await found(nina, ['group:Night shift'])).toEqual([]);
    await deleteUserGroup(db, tenantId, groupId);
    expect(await found(nina, ['my-groups'])).toEqual([]);
    expect(await found(nina, ['group:Day shift'])).toEqual([2]);
  });
});
