import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Banner, FormDialog, SelectField, TextAreaField, useToast } from '../kit/index.ts';
import { erasablePeopleQuery, erasePerson } from './settings-api.ts';

/** Renames a person who left wherever they are named; says what keeps the name. */
export function ErasePersonDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const people = useQuery(erasablePeopleQuery);
  const [chosen, setChosen] = useState('');
  const [reason, setReason] = useState('');
  const erase = useMutation({
    mutationFn: () => erasePerson(Number(chosen), reason.trim()),
    onSuccess: async ({ userName }) => {
      onClose();
      toast({ message: `Renamed to ${userName}` });
      await client.invalidateQueries();
    },
  });
  const missing = chosen === '' ? 'Choose whom' : reason.trim() === '' ? 'Say why' : undefined;
  const options = (people.data ?? []).map(({ id, userName, displayName }) => ({
    value: String(id),
    label: userName === displayName ? userName : `${displayName} (${userName})`,
  }));
  return (
    <FormDialog
      title="Erase a person"
      submit="Erase for good"
      danger
      onClose={onClose}
      onSubmit={() => erase.mutate()}
      busy={erase.isPending}
      error={erase.error ?? people.error}
      missing={missing}
    >
      <SelectField
        label="Person"
        hint="Only accounts that are disabled: do that first under People."
        options={[{ value: '', label: people.data?.length === 0 ? 'No account is disabled' : 'Choose' }, ...options]}
        value={chosen}
        onChange={setChosen}
      />
      <Banner tone="warning">
        The audit log keeps the name until its retention ends: names are part of its hashes and cannot be changed. Texts
        that people wrote stay too. There is no way back.
      </Banner>
      <TextAreaField
        label="Reason"
        hint="Kept in the audit log."
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </FormDialog>
  );
}
