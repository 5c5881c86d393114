import { useQuery } from '@tanstack/react-query';
import { deviceGroupsQuery, userGroupsQuery } from '../access/access-api.ts';
import { Combobox, Field } from '../kit/index.ts';

interface GroupsFieldProps {
  value: readonly number[];
  onChange: (ids: number[]) => void;
  hint?: string;
}

/** Chooses user groups. */
export function UserGroupsField({ value, onChange, hint }: GroupsFieldProps) {
  const groups = useQuery(userGroupsQuery).data ?? [];
  return <GroupsField label="User groups" groups={groups} value={value} onChange={onChange} hint={hint} />;
}

/** Chooses device groups. */
export function DeviceGroupsField({ value, onChange, hint }: GroupsFieldProps) {
  const groups = useQuery(deviceGroupsQuery).data ?? [];
  return <GroupsField label="Device groups" groups={groups} value={value} onChange={onChange} hint={hint} />;
}

interface ListProps {
  label: string;
  groups: readonly { id: number; name: string }[];
  value: readonly number[];
  onChange: (ids: number[]) => void;
  hint?: string | undefined;
}

function GroupsField({ label, groups, value, onChange, hint }: ListProps) {
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(ids) => (
        <Combobox
          {...ids}
          options={groups.map(({ id, name }) => ({ value: String(id), label: name }))}
          values={value.map(String)}
          placeholder="Name of a group"
          onChange={(chosen) => onChange(chosen.map(Number))}
        />
      )}
    </Field>
  );
}
