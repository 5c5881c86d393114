import { useQuery } from '@tanstack/react-query';
import type { AccessRole } from '@throughline/model';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useMay, useMe } from '../api/session.ts';
import {
  Button,
  type Column,
  ErrorState,
  NoPermission,
  PageHeader,
  SkeletonRows,
  Table,
  Tag,
  useLate,
} from '../kit/index.ts';
import { rolesQuery } from './access-api.ts';
import { ExplainForm } from './explain-form.tsx';
import { RoleDialog } from './role-dialog.tsx';

const rowKey = (role: AccessRole) => role.key;

/** The roles, whom they are assigned to, and why somebody sees an incident. */
export function RolesPage() {
  const me = useMe();
  const may = useMay('access.read');
  const mayChange = useMay('access.manage');
  const roles = useQuery({ ...rolesQuery, enabled: may });
  const late = useLate(roles.isPending);
  const [editing, setEditing] = useState<AccessRole | 'new'>();
  const columns = useMemo(() => roleColumns(mayChange ? setEditing : undefined), [mayChange]);
  if (me && !may) return <NoPermission permission="access.read" />;
  return (
    <main className="flex h-full flex-col overflow-auto">
      <PageHeader
        title="Roles"
        lead="What people may do. Roles assigned here come on top of the one that every account has."
        actions={
          mayChange && (
            <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
              Add a role
            </Button>
          )
        }
      />
      {roles.isError ? (
        <ErrorState title="The roles could not be loaded" error={roles.error} onRetry={() => void roles.refetch()} />
      ) : roles.data === undefined ? (
        late && <SkeletonRows rows={5} />
      ) : (
        <Table
          label="Roles"
          columns={columns}
          rows={roles.data}
          rowKey={rowKey}
          flow
          {...(mayChange && { onOpen: setEditing })}
        />
      )}
      <ExplainForm />
      {editing !== undefined && (
        <RoleDialog {...(editing === 'new' ? {} : { role: editing })} onClose={() => setEditing(undefined)} />
      )}
    </main>
  );
}

function roleColumns(onEdit: ((role: AccessRole) => void) | undefined): Column<AccessRole>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(160px, 1fr)',
      cell: (role) =>
        onEdit === undefined ? (
          role.name
        ) : (
          <button
            type="button"
            onClick={() => onEdit(role)}
            className="block max-w-full truncate rounded-xs text-left font-medium underline-offset-2 hover:underline"
          >
            {role.name}
          </button>
        ),
    },
    {
      id: 'kind',
      header: 'Kind',
      width: '104px',
      from: 460,
      cell: ({ builtIn }) => <Tag>{builtIn ? 'Built in' : 'Made here'}</Tag>,
    },
    {
      id: 'description',
      header: 'Allows',
      width: 'minmax(160px, 2fr)',
      from: 640,
      cell: ({ description, grants }) => (
        <span className="block truncate text-n10">{description || `${grants.length} permissions`}</span>
      ),
    },
    {
      id: 'people',
      header: 'Assigned to',
      width: '112px',
      align: 'end',
      cell: ({ limited, ...unlimited }) => {
        const all = [unlimited, ...limited];
        const distinct = (ids: number[]) => new Set(ids).size;
        return distinct(all.flatMap((each) => each.accountIds)) + distinct(all.flatMap((each) => each.userGroupIds));
      },
    },
  ];
}
