import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { savedQueriesQuery, saveQuery } from '../api/hunting.ts';
import { askAgain } from '../app/ask-again.ts';
import { FormDialog, Switch, TextAreaField, TextField, useToast } from '../kit/index.ts';

interface SaveQueryDialogProps {
  query: string;
  onClose: () => void;
}

export function SaveQueryDialog({ query, onClose }: SaveQueryDialogProps) {
  const client = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [shared, setShared] = useState(false);
  const save = useMutation({
    mutationFn: () => saveQuery({ name, description, shared, query }),
    onSuccess: async () => {
      await askAgain(client, savedQueriesQuery.queryKey);
      toast({ message: `Saved as “${name.trim()}”.` });
      onClose();
    },
  });
  return (
    <FormDialog
      title="Save query"
      submit="Save"
      onClose={onClose}
      onSubmit={() => save.mutate()}
      busy={save.isPending}
      error={save.error}
      {...(name.trim() === '' && { missing: 'Give it a name' })}
    >
      <TextField label="Name" required value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
      <TextAreaField
        label="What it is for"
        value={description}
        maxLength={2_000}
        onChange={(event) => setDescription(event.target.value)}
      />
      <Switch checked={shared} onChange={setShared} label="Share with everybody who may hunt" />
    </FormDialog>
  );
}
