import { useQuery } from '@tanstack/react-query';
import type { AccessRole, Person } from '@throughline/model';
import { rolesQuery } from '../access/access-api.ts';
import { KeyValueList, Link, Tag } from '../kit/index.ts';
import { roleNames } from './people-words.ts';

/** What an account may do and see, and through what. */
export function AccountRights({ person }: { person: Person }) {
  const roles = useQuery(rolesQuery).data ?? [];
  const sources = rolesOfPerson(person, roles);
  return (
    <section aria-labelledby="account-rights" className="flex flex-col gap-2">
      <h2 id="account-rights" className="font-medium">
        What it may do and see
      </h2>
      <KeyValueList
        items={[
          {
            key: 'Roles',
            value: [`${roleNames[person.role]} (its own)`, ...sources].join('; '),
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

/** The roles assigned to an account, each with the group it comes through. */
function rolesOfPerson(person: Person, roles: readonly AccessRole[]): string[] {
  return roles.flatMap(({ name, limited, ...unlimited }) => {
    const all = [unlimited, ...limited];
    const accountIds = all.flatMap((each) => each.accountIds);
    const userGroupIds = all.flatMap((each) => each.userGroupIds);
    const groups = person.userGroups.filter(({ id }) => userGroupIds.includes(id)).map((group) => group.name);
    if (accountIds.includes(person.id)) return [name];
    return groups.length === 0 ? [] : [`${name} (through ${groups.join(', ')})`];
  });
}
