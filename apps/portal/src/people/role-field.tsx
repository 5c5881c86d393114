import { type People, type Role, roles } from '@throughline/model';
import { SelectField } from '../kit/index.ts';
import { roleNames } from './people-words.ts';

export interface RoleFieldProps {
  value: Role;
  onChange: (role: Role) => void;
  beyondOfRole: People['beyondOfRole'] | undefined;
  disabled?: boolean;
}

/** Chooses the role of an account; those that allow more than the own are there and cannot be chosen. */
export function RoleField({ value, onChange, beyondOfRole, disabled = false }: RoleFieldProps) {
  const above = roles.filter((role) => beyondOfRole?.[role]);
  return (
    <SelectField
      label="Role"
      value={value}
      onChange={onChange}
      disabled={disabled}
      options={roles.map((role) => ({
        value: role,
        label: above.includes(role) ? `${roleNames[role]} (more than you may do)` : roleNames[role],
        disabled: above.includes(role),
      }))}
    />
  );
}
