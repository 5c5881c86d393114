import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type DeviceGroup, type RemediationLevel, remediationLevels } from '@throughline/model';
import { useState } from 'react';
import { Button, FormDialog, SelectField, TextField, useToast } from '../kit/index.ts';
import { accessKey, deleteDeviceGroup, type People, saveDeviceGroup } from './access-api.ts';
import { DeleteGroupDialog } from './delete-group-dialog.tsx';
import { PeopleField } from './people-field.tsx';
import { draftOf, remediationWords, ruleOf } from './rule-draft.ts';
import { RuleEditor, RulePreview } from './rule-editor.tsx';

const levels = remediationLevels.map((value) => ({ value, label: remediationWords[value] }));

/** Makes a device group or, with `group`, changes it; shows which devices its rule matches. */
export function DeviceGroupDialog({ group, onClose }: { group?: DeviceGroup; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const ungrouped = group?.id === 0;
  const [name, setName] = useState(group?.name ?? '');
  const [remediation, setRemediation] = useState<RemediationLevel>(group?.remediation ?? 'none');
  const [draft, setDraft] = useState(() => draftOf(group?.rule ?? null));
  const [people, setPeople] = useState<People>(group ?? { accountIds: [], userGroupIds: [] });
  const [deleting, setDeleting] = useState(false);
  const rule = ruleOf(draft);
  const done = async (message: string) => {
    await client.invalidateQueries({ queryKey: accessKey });
    onClose();
    toast({ message });
  };
  const save = useMutation({
    mutationFn: () => {
      const { accountIds, userGroupIds } = people;
      const own = ungrouped || rule === null ? {} : { name: name.trim(), rule };
      return saveDeviceGroup(group?.id, { ...own, remediation, accountIds, userGroupIds });
    },
    onSuccess: (saved) => done(`Device group ${saved.name} saved`),
  });
  const remove = useMutation({
    mutationFn: (id: number) => deleteDeviceGroup(id),
    onSuccess: () => done(`Device group ${name} deleted`),
  });
  const missing =
    name.trim() === '' ? 'Give it a name first' : rule === null && !ungrouped ? 'Ask for something first' : undefined;
  const { error } = save;
  if (deleting && group !== undefined) {
    return (
      <DeleteGroupDialog
        group={group}
        busy={remove.isPending}
        error={remove.error}
        onDelete={() => remove.mutate(group.id)}
        onClose={() => setDeleting(false)}
      />
    );
  }
  return (
    <FormDialog
      title={group === undefined ? 'Add a device group' : `Edit ${group.name}`}
      width="wide"
      missing={missing}
      busy={save.isPending}
      error={error}
      extra={
        group !== undefined &&
        !ungrouped && (
          <Button variant="danger" onClick={() => setDeleting(true)}>
            Delete
          </Button>
        )
      }
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      {ungrouped ? (
        <p className="text-n10">Every device that no rule claims is in this group. It always comes last.</p>
      ) : (
        <>
          <TextField
            label="Name"
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <RuleEditor draft={draft} onChange={setDraft} />
          <RulePreview rule={rule} groupId={group?.id} />
        </>
      )}
      <SelectField label="Remediation level" options={levels} value={remediation} onChange={setRemediation} />
      <PeopleField
        label="Assigned to"
        hint="They see the devices of their groups only. Whoever has no group sees everything."
        value={people}
        onChange={setPeople}
      />
    </FormDialog>
  );
}
