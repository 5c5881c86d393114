import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { deviceGroupsQuery, rolesQuery, userGroupsQuery } from '../access/access-api.ts';
import { useMay, useMe } from '../api/session.ts';
import { Button, type Column, EmptyState, ErrorState, SkeletonRows, Table, useLate } from '../kit/index.ts';
import { GroupDialog } from './group-dialog.tsx';
import { type GroupUse, usesOf } from './group-use.ts';
import { peopleQuery } from './people-api.ts';
import { reasonAgainst } from './people-filter.ts';

const rowKey = ({ group }: GroupUse) => String(group.id);

/** Groups of people: who is in them, and what they bring. */
export function GroupsTab() {
  const groups = useQuery(userGroupsQuery);
  const roles = useQuery(rolesQuery);
  const devices = useQuery(deviceGroupsQuery);
  const people = useQuery(peopleQuery);
  const late = useLate(groups.isPending);
  const me = useMe();
  const mayManage = useMay('access.manage');
  const [editing, setEditing] = useState<number | 'new'>();
  const uses = useMemo(
    () => usesOf(groups.data ?? [], roles.data ?? [], devices.data ?? [], people.data?.items ?? []),
    [groups.data, roles.data, devices.data, people.data],
  );
  const columns = useMemo(() => groupColumns(({ group }) => setEditing(group.id)), []);
  const open = uses.find(({ group }) => group.id === editing);
  const add = (
    <Button
      variant="primary"
      icon={Plus}
      disabledReason={reasonAgainst(mayManage, 'access.manage', null)}
      onClick={() => setEditing('new')}
    >
      Add a group
    </Button>
  );
  return (
    <div className="flex h-full min-h-0 flex-col">
      {uses.length > 0 && <div className="flex justify-end px-4 py-2">{add}</div>}
      <div className="hairline min-h-0 flex-1 border-t">
        {groups.isError ? (
          <ErrorState
            title="The user groups could not be loaded"
            error={groups.error}
            onRetry={() => void groups.refetch()}
          />
        ) : groups.isPending ? (
          late && <SkeletonRows rows={4} />
        ) : uses.length === 0 ? (
          <EmptyState title="No user groups yet" action={add}>
            Roles and device groups can be given to a group of people instead of to each of them.
          </EmptyState>
        ) : (
          <Table
            label="User groups"
            columns={columns}
            rows={uses}
            rowKey={rowKey}
            onOpen={({ group }) => setEditing(group.id)}
          />
        )}
      </div>
      {editing === 'new' && <GroupDialog own={me?.permissions ?? []} onClose={() => setEditing(undefined)} />}
      {open && (
        <GroupDialog key={open.group.id} use={open} own={me?.permissions ?? []} onClose={() => setEditing(undefined)} />
      )}
    </div>
  );
}

function groupColumns(onOpen: (use: GroupUse) => void): Column<GroupUse>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(120px, 1fr)',
      cell: (use) => (
        <button
          type="button"
          onClick={() => onOpen(use)}
          className="block max-w-full truncate rounded-xs text-left font-medium underline-offset-2 hover:underline"
        >
          {use.group.name}
        </button>
      ),
    },
    {
      id: 'members',
      header: 'Members',
      width: 'minmax(120px, 2fr)',
      from: 560,
      cell: ({ members }) => (
        <span className="block truncate" title={members.join(', ')}>
          {members.join(', ') || <span className="text-n10">Nobody</span>}
        </span>
      ),
    },
    {
      id: 'roles',
      header: 'Roles',
      width: 'minmax(90px, 1fr)',
      cell: ({ roles }) => (
        <span className="block truncate">
          {roles.map(({ name }) => name).join(', ') || <span className="text-n10">None</span>}
        </span>
      ),
    },
    {
      id: 'devices',
      header: 'Device groups',
      width: 'minmax(100px, 1fr)',
      from: 460,
      cell: ({ deviceGroups }) => (
        <span className="block truncate">
          {deviceGroups.map(({ name }) => name).join(', ') || <span className="text-n10">None</span>}
        </span>
      ),
    },
  ];
}
