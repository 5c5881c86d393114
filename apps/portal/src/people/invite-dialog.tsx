import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { longestInvitationDays, type Role, usualInvitationDays } from '@throughline/model';
import { useState } from 'react';
import { accessKey } from '../access/access-api.ts';
import { useMay } from '../api/session.ts';
import { FormDialog, SelectField, TextField, Time } from '../kit/index.ts';
import { UserGroupsField } from './groups-field.tsx';
import { invite, peopleQuery } from './people-api.ts';
import { RoleField } from './role-field.tsx';
import { SecretDialog } from './secret-dialog.tsx';

const lives = Array.from({ length: longestInvitationDays }, (_, index) => ({
  value: String(index + 1),
  label: index === 0 ? 'A day' : `${index + 1} days`,
}));

/** Asks whom to invite and as what; then shows the link, this once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const mayGroup = useMay('access.manage');
  const beyondOfRole = useQuery(peopleQuery).data?.beyondOfRole;
  const [userName, setUserName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [role, setRole] = useState<Role>('reader');
  const [userGroupIds, setGroups] = useState<number[]>([]);
  const [note, setNote] = useState('');
  const [days, setDays] = useState(String(usualInvitationDays));
  const name = userName.trim();
  const send = useMutation({
    mutationFn: () =>
      invite({
        userName: name,
        displayName: displayName.trim() || name,
        role,
        userGroupIds,
        note: note.trim(),
        expiresInDays: Number(days),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: accessKey }),
  });
  if (send.data) {
    return (
      <SecretDialog
        title={`Invitation for ${send.data.displayName}`}
        label="Link"
        secret={send.data.url}
        onClose={onClose}
      >
        <p className="text-n10">
          Give this link to {send.data.displayName}, and to nobody else. It is good once, until{' '}
          <Time value={send.data.expiresDateTime} form="exact" />. The account comes with it.
        </p>
      </SecretDialog>
    );
  }
  const missing = name === '' ? 'Give a user name first' : undefined;
  return (
    <FormDialog
      title="Invite a person"
      submit="Make the link"
      missing={missing}
      busy={send.isPending}
      error={send.error}
      onClose={onClose}
      onSubmit={() => send.mutate()}
    >
      <TextField
        label="User name"
        required
        maxLength={200}
        autoCapitalize="none"
        hint="It stays; incidents are assigned by it."
        value={userName}
        onChange={(event) => setUserName(event.target.value)}
      />
      <TextField
        label="Display name"
        maxLength={200}
        hint="The invited person can change it."
        value={displayName}
        onChange={(event) => setDisplayName(event.target.value)}
      />
      <RoleField value={role} onChange={setRole} beyondOfRole={beyondOfRole} />
      {mayGroup && <UserGroupsField value={userGroupIds} onChange={setGroups} />}
      <TextField
        label="Note"
        maxLength={200}
        hint="An e-mail address, perhaps. Nothing is sent."
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <SelectField label="Good for" options={lives} value={days} onChange={setDays} />
    </FormDialog>
  );
}
