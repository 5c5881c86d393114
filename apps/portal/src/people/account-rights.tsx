import { useQuery } from '@tanstack/react-query';
import type { AccessRole, Person, SourceScope } from '@throughline/model';
import { accountSourcesQuery, rolesQuery } from '../access/access-api.ts';
import { sourceWords } from '../access/source-words.ts';
import { KeyValueList, Link, Tag } from '../kit/index.ts';
import { roleNames } from './people-words.ts';

const all: SourceScope = { mode: 'all', sources: [] };

/** What an account may do and see, and through what. */
export function AccountRights({ person }: { person: Person }) {
  const roles = useQuery(rolesQuery).data ?? [];
  const limits = useQuery(accountSourcesQuery).data ?? [];
  const own = limits.find(({ accountId }) => accountId === person.id)?.sources ?? all;
  return (
    <section aria-labelledby="account-rights" className="flex flex-col gap-2">
      <h2 id="account-rights" className="font-medium">
        What it may do and see
      </h2>
      <KeyValueList
        items={[
          {
            key: 'Roles',
            value: (
              <ul className="flex flex-col gap-1">
                {rolesOfPerson(person, roles, own).map((role) => (
                  <li key={role}>{role}</li>
                ))}
              </ul>
            ),
          },
          {
            key: 'Sees',
            value:
              person.deviceGroups === null
                ? 'Everything its roles allow'
                : `Devices of ${person.deviceGroups.map(({ name }) => name).join(', ')}, and incidents with alerts on them`,
          },
          {
            key: 'May',
            value: (
              <span className="flex flex-wrap gap-1">
                {person.permissions.map((permission) => (
                  <Tag key={permission}>{permission}</Tag>
                ))}
              </span>
            ),
          },
        ]}
      />
      <p className="text-12 text-n10">
        Why it sees one incident and not another is answered under{' '}
        <Link to="/settings/roles" className="underline">
          Roles
        </Link>
        .
      </p>
    </section>
  );
}

/** The roles of an account, each with the group it comes through and the data sources it is for. */
function rolesOfPerson(person: Person, roles: readonly AccessRole[], own: SourceScope): string[] {
  const assigned = roles.flatMap(({ name, limited, ...unlimited }) =>
    [{ ...unlimited, sources: all }, ...limited].flatMap(({ accountIds, userGroupIds, sources }) => {
      const groups = person.userGroups.filter(({ id }) => userGroupIds.includes(id)).map((group) => group.name);
      const direct = accountIds.includes(person.id);
      if (!direct && groups.length === 0) return [];
      return [`${name}${direct ? '' : ` through ${groups.join(', ')}`}, for ${sourceWords(sources)}`];
    }),
  );
  return [`${roleNames[person.role]} (its own), for ${sourceWords(own)}`, ...assigned];
}
