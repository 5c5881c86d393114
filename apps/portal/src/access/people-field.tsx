import { useQuery } from '@tanstack/react-query';
import { Combobox, Field } from '../kit/index.ts';
import { accountsQuery, type People, userGroupsQuery } from './access-api.ts';

interface PeopleFieldProps {
  label: string;
  hint?: string;
  value: People;
  onChange: (people: People) => void;
}

/** Chooses accounts and groups of people, in one list. */
export function PeopleField({ label, hint, value, onChange }: PeopleFieldProps) {
  const accounts = useQuery(accountsQuery).data ?? [];
  const groups = useQuery(userGroupsQuery).data ?? [];
  const options = [
    ...groups.map(({ id, name }) => ({ value: `group-${id}`, label: name, hint: 'group' })),
    ...accounts.map(({ id, displayName, userName }) => ({
      value: `account-${id}`,
      label: displayName,
      hint: userName,
    })),
  ];
  const values = [...value.userGroupIds.map((id) => `group-${id}`), ...value.accountIds.map((id) => `account-${id}`)];
  const idsOf = (kind: string, chosen: readonly string[]) =>
    chosen.filter((each) => each.startsWith(`${kind}-`)).map((each) => Number(each.slice(kind.length + 1)));
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(ids) => (
        <Combobox
          {...ids}
          options={options}
          values={values}
          placeholder="Name of a person or group"
          onChange={(chosen) =>
            onChange({ accountIds: idsOf('account', chosen), userGroupIds: idsOf('group', chosen) })
          }
        />
      )}
    </Field>
  );
}
