import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { People, Person, Role } from '@throughline/model';
import { useState } from 'react';
import { accessKey } from '../access/access-api.ts';
import { useMay } from '../api/session.ts';
import { Banner, Button, TextField, useToast } from '../kit/index.ts';
import { UserGroupsField } from './groups-field.tsx';
import { changeAccount, setUserGroups } from './people-api.ts';
import { RoleField } from './role-field.tsx';

export interface AccountFormProps {
  person: Person;
  beyondOfRole: People['beyondOfRole'] | undefined;
  /** Why it cannot be changed. */
  disabledReason: string | undefined;
}

/** Changes display name, role and user groups. */
export function AccountForm({ person, beyondOfRole, disabledReason }: AccountFormProps) {
  const client = useQueryClient();
  const toast = useToast();
  const mayGroup = useMay('access.manage');
  const before = person.userGroups.map(({ id }) => id);
  const [displayName, setDisplayName] = useState(person.displayName);
  const [role, setRole] = useState<Role>(person.role);
  const [groups, setGroups] = useState<readonly number[]>(before);
  const changed = {
    ...(displayName.trim() !== person.displayName && { displayName: displayName.trim() }),
    ...(role !== person.role && { role }),
  };
  const regrouped = groups.length !== before.length || groups.some((id) => !before.includes(id));
  const save = useMutation({
    mutationFn: async () => {
      if (Object.keys(changed).length > 0) await changeAccount(person.id, changed);
      if (regrouped) await setUserGroups(person.id, groups);
    },
    onSuccess: () => toast({ message: `${displayName.trim()} saved` }),
    // One of the two changes may be done when the other is refused.
    onSettled: () => client.invalidateQueries({ queryKey: accessKey }),
  });
  const missing =
    disabledReason ??
    (displayName.trim() === ''
      ? 'Give it a display name first'
      : Object.keys(changed).length === 0 && !regrouped
        ? 'Nothing is changed'
        : undefined);
  return (
    <form
      aria-label="Change the account"
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === undefined) save.mutate();
      }}
    >
      {save.isError && <Banner tone="failed">{save.error.message}</Banner>}
      <TextField
        label="Display name"
        maxLength={200}
        readOnly={disabledReason !== undefined}
        value={displayName}
        onChange={(event) => setDisplayName(event.target.value)}
      />
      <RoleField value={role} onChange={setRole} beyondOfRole={beyondOfRole} disabled={disabledReason !== undefined} />
      {disabledReason === undefined && mayGroup && (
        <UserGroupsField
          value={groups}
          onChange={setGroups}
          hint="Roles and device groups of a group hold for all who are in it."
        />
      )}
      <div>
        <Button type="submit" busy={save.isPending} disabledReason={missing}>
          Save
        </Button>
      </div>
    </form>
  );
}
