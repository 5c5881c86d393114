import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Permission } from '@throughline/model';
import { useState } from 'react';
import { accessKey } from '../access/access-api.ts';
import { useMay } from '../api/session.ts';
import { Banner, Button, Combobox, Field, FormDialog, KeyValueList, TextField, useToast } from '../kit/index.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { consequencesOf, type GroupUse } from './group-use.ts';
import { deleteUserGroup, peopleQuery, saveUserGroup } from './people-api.ts';
import { beyondMine, reasonAgainst } from './people-filter.ts';

export interface GroupDialogProps {
  /** The group to change; without it a new one is made. */
  use?: GroupUse;
  /** What who asks may do. */
  own: readonly Permission[];
  onClose: () => void;
}

/** Names a group of people, chooses who is in it, and shows where it is used. */
export function GroupDialog({ use, own, onClose }: GroupDialogProps) {
  const client = useQueryClient();
  const toast = useToast();
  const people = useQuery(peopleQuery).data?.items ?? [];
  const [name, setName] = useState(use?.group.name ?? '');
  const [members, setMembers] = useState<readonly number[]>(use?.group.accountIds ?? []);
  const [deleting, setDeleting] = useState(false);
  const mayManage = useMay('access.manage');
  const beyond = beyondMine(own, use?.roles.flatMap(({ permissions }) => permissions) ?? []);
  const reason = reasonAgainst(mayManage, 'access.manage', beyond);
  const save = useMutation({
    mutationFn: () => saveUserGroup(use?.group.id, { name: name.trim(), accountIds: [...members] }),
    onSuccess: async ({ name: saved }) => {
      await client.invalidateQueries({ queryKey: accessKey });
      onClose();
      toast({ message: `User group ${saved} saved` });
    },
  });
  const missing = reason ?? (name.trim() === '' ? 'Give it a name first' : undefined);
  const used = use !== undefined && use.deviceGroups.length > 0;
  if (deleting && use !== undefined) {
    return (
      <ConfirmDialog
        title={`Delete ${use.group.name}?`}
        action="Delete the group"
        done={`User group ${use.group.name} deleted`}
        run={() => deleteUserGroup(use.group.id)}
        onClose={onClose}
        disabledReason={used ? 'Take its device groups from it first' : undefined}
      >
        {used && (
          <Banner tone="warning" title="It has device groups">
            {use.deviceGroups.map((each) => each.name).join(', ')}: take them from it first. Members who are left
            without any would see everything.
          </Banner>
        )}
        <ul className="list-disc pl-5">
          {consequencesOf(use).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </ConfirmDialog>
    );
  }
  return (
    <FormDialog
      title={use?.group.name ?? 'Add a user group'}
      missing={missing}
      busy={save.isPending}
      error={save.error}
      extra={
        use !== undefined && (
          <Button variant="danger" disabledReason={reason} onClick={() => setDeleting(true)}>
            Delete
          </Button>
        )
      }
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      <TextField label="Name" required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      <Field label="Members">
        {(ids) => (
          <Combobox
            {...ids}
            options={people.map(({ id, displayName, userName }) => ({
              value: String(id),
              label: displayName,
              hint: userName,
            }))}
            values={members.map(String)}
            placeholder="Name of a person or program"
            onChange={(chosen) => setMembers(chosen.map(Number))}
          />
        )}
      </Field>
      {use !== undefined && (
        <KeyValueList
          items={[
            { key: 'Roles', value: use.roles.map((each) => each.name).join(', ') || 'None' },
            { key: 'Device groups', value: use.deviceGroups.map((each) => each.name).join(', ') || 'None' },
          ]}
        />
      )}
    </FormDialog>
  );
}
