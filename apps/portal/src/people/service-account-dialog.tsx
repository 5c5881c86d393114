import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Account, Role } from '@throughline/model';
import { useState } from 'react';
import { accessKey } from '../access/access-api.ts';
import { useMay } from '../api/session.ts';
import { FormDialog, TextField, useToast } from '../kit/index.ts';
import { DeviceGroupsField, UserGroupsField } from './groups-field.tsx';
import { addServiceAccount, peopleQuery } from './people-api.ts';
import { RoleField } from './role-field.tsx';

export interface ServiceAccountDialogProps {
  onClose: () => void;
  onAdded: (account: Account) => void;
}

/** Adds the account of a program; its tokens are made afterwards. */
export function ServiceAccountDialog({ onClose, onAdded }: ServiceAccountDialogProps) {
  const client = useQueryClient();
  const toast = useToast();
  const mayGroup = useMay('access.manage');
  const beyondOfRole = useQuery(peopleQuery).data?.beyondOfRole;
  const [userName, setUserName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [role, setRole] = useState<Role>('reader');
  const [userGroupIds, setUserGroups] = useState<number[]>([]);
  const [deviceGroupIds, setDeviceGroups] = useState<number[]>([]);
  const name = userName.trim();
  const add = useMutation({
    mutationFn: () =>
      addServiceAccount({
        userName: name,
        displayName: displayName.trim() || name,
        role,
        userGroupIds,
        deviceGroupIds,
      }),
    onSuccess: async (account) => {
      await client.invalidateQueries({ queryKey: accessKey });
      toast({ message: `${account.displayName} added: make a token for it next` });
      onClose();
      onAdded(account);
    },
  });
  const missing = name === '' ? 'Give a name first' : undefined;
  return (
    <FormDialog
      title="Add a service account"
      submit="Add"
      missing={missing}
      busy={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={() => add.mutate()}
    >
      <TextField
        label="Name"
        required
        maxLength={200}
        autoCapitalize="none"
        hint="The program, such as “suricata-sensor”. The logs name it so."
        value={userName}
        onChange={(event) => setUserName(event.target.value)}
      />
      <TextField
        label="Display name"
        maxLength={200}
        value={displayName}
        onChange={(event) => setDisplayName(event.target.value)}
      />
      <RoleField value={role} onChange={setRole} beyondOfRole={beyondOfRole} />
      {mayGroup && (
        <>
          <UserGroupsField value={userGroupIds} onChange={setUserGroups} />
          <DeviceGroupsField
            value={deviceGroupIds}
            onChange={setDeviceGroups}
            hint="What it sees; none means everything."
          />
        </>
      )}
    </FormDialog>
  );
}
