import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeviceGroup } from '@throughline/model';
import { ArrowDown, ArrowUp, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useMay, useMe } from '../api/session.ts';
import {
  Button,
  type Column,
  ErrorState,
  IconButton,
  NoPermission,
  PageHeader,
  SkeletonRows,
  Table,
  useLate,
  useToast,
} from '../kit/index.ts';
import { accessKey, deviceGroupsQuery, saveDeviceGroup } from './access-api.ts';
import { DeviceGroupDialog } from './device-group-dialog.tsx';
import { DevicelessSwitch } from './deviceless-switch.tsx';
import { remediationWords, ruleWords } from './rule-draft.ts';

const rowKey = (group: DeviceGroup) => String(group.id);

/** Device groups by rank: what they take, how many devices they have, and to whom they are assigned. */
export function DeviceGroupsPage() {
  const me = useMe();
  const may = useMay('access.read');
  const mayChange = useMay('access.manage');
  const groups = useQuery({ ...deviceGroupsQuery, enabled: may });
  const late = useLate(groups.isPending);
  const [editing, setEditing] = useState<DeviceGroup | 'new'>();
  const columns = useMemo(() => groupColumns(mayChange ? setEditing : undefined), [mayChange]);
  if (me && !may) return <NoPermission permission="access.read" />;
  return (
    <main className="flex h-full flex-col overflow-auto">
      <PageHeader
        title="Device groups"
        lead="A device is in the first group by rank whose rule it fulfils. People with groups see these devices, and the alerts and incidents about them, only."
        actions={
          mayChange && (
            <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
              Add a group
            </Button>
          )
        }
      />
      {groups.isError ? (
        <ErrorState title="The groups could not be loaded" error={groups.error} onRetry={() => void groups.refetch()} />
      ) : groups.data === undefined ? (
        late && <SkeletonRows rows={4} />
      ) : (
        <Table
          label="Device groups"
          columns={columns}
          rows={groups.data}
          rowKey={rowKey}
          flow
          {...(mayChange && { onOpen: setEditing })}
        />
      )}
      {groups.data !== undefined && <DevicelessSwitch disabled={!mayChange} />}
      {editing !== undefined && (
        <DeviceGroupDialog {...(editing === 'new' ? {} : { group: editing })} onClose={() => setEditing(undefined)} />
      )}
    </main>
  );
}

function groupColumns(onEdit: ((group: DeviceGroup) => void) | undefined): Column<DeviceGroup>[] {
  return [
    { id: 'rank', header: 'Rank', width: '56px', cell: ({ rank }) => rank ?? 'Last' },
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(120px, 1fr)',
      cell: (group) =>
        onEdit === undefined ? (
          group.name
        ) : (
          <button
            type="button"
            onClick={() => onEdit(group)}
            className="block max-w-full truncate rounded-xs text-left font-medium underline-offset-2 hover:underline"
          >
            {group.name}
          </button>
        ),
    },
    {
      id: 'rule',
      header: 'Takes',
      width: 'minmax(160px, 2fr)',
      from: 560,
      cell: ({ rule }) => (
        <span className="block truncate text-n10" title={ruleWords(rule)}>
          {ruleWords(rule)}
        </span>
      ),
    },
    { id: 'devices', header: 'Devices', width: '80px', align: 'end', cell: ({ devices }) => devices },
    {
      id: 'people',
      header: 'Assigned to',
      width: '112px',
      from: 720,
      cell: ({ accountIds, userGroupIds }) => {
        const count = accountIds.length + userGroupIds.length;
        return count === 0 ? <span className="text-n9">Nobody</span> : count;
      },
    },
    {
      id: 'remediation',
      header: 'Remediation',
      width: '200px',
      from: 900,
      cell: ({ remediation }) => <span className="block truncate text-n10">{remediationWords[remediation]}</span>,
    },
    {
      id: 'move',
      header: 'Change rank',
      headerHidden: true,
      width: '80px',
      align: 'end',
      cell: (group) => onEdit !== undefined && group.rank !== null && <MoveButtons group={group} rank={group.rank} />,
    },
  ];
}

function MoveButtons({ group, rank }: { group: DeviceGroup; rank: number }) {
  const client = useQueryClient();
  const toast = useToast();
  const move = useMutation({
    mutationFn: (to: number) => saveDeviceGroup(group.id, { rank: to }),
    onSuccess: (moved) => toast({ message: `${moved.name} has rank ${moved.rank}` }),
    onError: (error) => toast({ tone: 'failed', message: `Not moved: ${error.message}` }),
    onSettled: () => client.invalidateQueries({ queryKey: accessKey }),
  });
  return (
    <span className="flex justify-end">
      <IconButton
        label={`Move ${group.name} up`}
        icon={ArrowUp}
        size="small"
        disabled={rank === 1 || move.isPending}
        onClick={() => move.mutate(rank - 1)}
      />
      <IconButton
        label={`Move ${group.name} down`}
        icon={ArrowDown}
        size="small"
        disabled={move.isPending}
        onClick={() => move.mutate(rank + 1)}
      />
    </span>
  );
}
