import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { userGroupsQuery } from '../access/access-api.ts';
import { useMay, useMe } from '../api/session.ts';
import { NoPermission, PageHeader, Tabs } from '../kit/index.ts';
import { AccountsTab } from './accounts-tab.tsx';
import { AllTokensTab } from './all-tokens-tab.tsx';
import { GroupsTab } from './groups-tab.tsx';
import { InvitationsTab } from './invitations-tab.tsx';
import { invitationsQuery, peopleQuery } from './people-api.ts';
import { readPeopleSearch } from './people-search.ts';

const panels = { accounts: AccountsTab, invitations: InvitationsTab, groups: GroupsTab, tokens: AllTokensTab };

/** Accounts of people and programs, invitations, groups of people, and everybody's tokens. */
export function PeoplePage() {
  const { tab = 'accounts' } = useSearch({ from: '/shell/settings/people' });
  const navigate = useNavigate();
  const me = useMe();
  const may = useMay('accounts.read');
  const people = useQuery({ ...peopleQuery, enabled: may });
  const invitations = useQuery({ ...invitationsQuery, enabled: may });
  const groups = useQuery({ ...userGroupsQuery, enabled: may });
  if (me && !may) return <NoPermission permission="accounts.read" />;
  const Panel = panels[tab];
  return (
    <main className="flex h-full min-h-0 flex-col">
      <PageHeader
        title="People"
        lead="Who comes in, what they may do and see. Programs have service accounts, with tokens instead of a password."
      />
      <Tabs
        label="People"
        tabs={[
          { id: 'accounts', label: 'Accounts', count: people.data?.items.length },
          { id: 'invitations', label: 'Invitations', count: invitations.data?.length },
          { id: 'groups', label: 'User groups', count: groups.data?.length },
          { id: 'tokens', label: 'All tokens' },
        ]}
        value={tab}
        onChange={(id) =>
          void navigate({ to: '/settings/people', search: readPeopleSearch({ tab: id }), replace: true })
        }
        className="flex-1"
      >
        <Panel key={tab} />
      </Tabs>
    </main>
  );
}
