import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Person } from '@throughline/model';
import { Bot, UserPlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useMay } from '../api/session.ts';
import { Button, EmptyState, ErrorState, SkeletonRows, Table, useLate } from '../kit/index.ts';
import { accountColumns } from './account-columns.tsx';
import { AccountFilters } from './account-filters.tsx';
import { AccountPanel } from './account-panel.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { peopleQuery } from './people-api.ts';
import { filterPeople, reasonAgainst } from './people-filter.ts';
import { type PeopleSearch, readPeopleSearch } from './people-search.ts';
import { ServiceAccountDialog } from './service-account-dialog.tsx';

const rowKey = (person: Person) => String(person.id);

/** All accounts, searched and filtered by the address; one is open beside them. */
export function AccountsTab() {
  const search = useSearch({ from: '/shell/settings/people' });
  const navigate = useNavigate();
  const people = useQuery(peopleQuery);
  const late = useLate(people.isPending);
  const mayManage = useMay('accounts.manage');
  const [adding, setAdding] = useState<'person' | 'service'>();
  const rows = useMemo(() => filterPeople(people.data?.items ?? [], search), [people.data, search]);
  const open = people.data?.items.find((person) => rowKey(person) === search.account);
  const put = (part: PeopleSearch) =>
    void navigate({ to: '/settings/people', search: (now) => readPeopleSearch({ ...now, ...part }), replace: true });
  const clear = () => void navigate({ to: '/settings/people', search: {} });
  const reason = reasonAgainst(mayManage, 'accounts.manage', null);
  return (
    <div className="flex h-full min-h-0">
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex flex-wrap items-center justify-between gap-2 px-4 py-2">
          <AccountFilters search={search} people={people.data?.items ?? []} onSearch={put} onClear={clear} />
          <span className="flex flex-wrap gap-2">
            <Button icon={Bot} disabledReason={reason} onClick={() => setAdding('service')}>
              Add a service account
            </Button>
            <Button variant="primary" icon={UserPlus} disabledReason={reason} onClick={() => setAdding('person')}>
              Invite a person
            </Button>
          </span>
        </div>
        <div className="hairline min-h-0 flex-1 border-t">
          {people.isError ? (
            <ErrorState
              title="The accounts could not be loaded"
              error={people.error}
              onRetry={() => void people.refetch()}
            />
          ) : people.isPending ? (
            late && <SkeletonRows rows={8} />
          ) : rows.length === 0 ? (
            <EmptyState title="No account matches" action={<Button onClick={clear}>Show all</Button>} />
          ) : (
            <Table
              label="Accounts"
              columns={accountColumns}
              rows={rows}
              rowKey={rowKey}
              rowHeight={40}
              currentKey={search.account}
              onRowPress={(person) => put({ account: rowKey(person) })}
              onOpen={(person) => put({ account: rowKey(person) })}
            />
          )}
        </div>
      </div>
      {open && (
        <AccountPanel
          key={open.id}
          person={open}
          beyondOfRole={people.data?.beyondOfRole}
          onClose={() =>
            void navigate({
              to: '/settings/people',
              search: ({ account: _, ...rest }) => readPeopleSearch(rest),
              replace: true,
            })
          }
        />
      )}
      {adding === 'person' && <InviteDialog onClose={() => setAdding(undefined)} />}
      {adding === 'service' && (
        <ServiceAccountDialog
          onClose={() => setAdding(undefined)}
          onAdded={(account) => put({ account: String(account.id) })}
        />
      )}
    </div>
  );
}
