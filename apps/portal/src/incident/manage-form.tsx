import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Classification, Determination, IncidentChange, IncidentRow } from '@throughline/model';
import { classifications, determinationsOf } from '@throughline/model';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { classificationWords, determinationWords, severityWords, statusWords } from '../app/words.ts';
import { Button, Checkbox, Combobox, Field, SelectField, TextAreaField, TextField, useToast } from '../kit/index.ts';
import { refreshIncident } from './incident-data.ts';
import { changeOf, draftOf, reclassify, undoOf } from './manage-draft.ts';

/** The manage form of one incident, for its page and for the queue's panel. */
export function ManageForm({ incident, onDone }: { incident: IncidentRow; onDone: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const [draft, setDraft] = useState(() => draftOf(incident));
  const assignees = useQuery({
    queryKey: ['assignees'],
    queryFn: ({ signal }) => api<string[]>('/assignees', { signal }),
  });
  const tags = useQuery({ queryKey: ['tags'], queryFn: ({ signal }) => api<string[]>('/tags', { signal }) });
  const send = useMutation({
    mutationFn: (body: IncidentChange) => api(`/incidents/${incident.id}`, { method: 'PATCH', body }),
    onSuccess: () => refreshIncident(client, incident.id),
    onError: (error) => toast({ message: error.message, tone: 'failed' }),
  });
  const set = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const change = changeOf(incident, draft);
  const save = async () => {
    if (!change) return;
    const undo = undoOf(incident, change);
    await send.mutateAsync(change).then(
      () => {
        toast({ message: `Incident ${incident.id} changed`, ...(undo && { undo: () => send.mutate(undo) }) });
        onDone();
      },
      () => undefined,
    );
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label="Name"
        value={draft.displayName}
        maxLength={300}
        onChange={(event) => set({ displayName: event.target.value })}
      />
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          label="Severity"
          options={severityOptions}
          value={draft.severity}
          onChange={(severity) => set({ severity })}
        />
        <SelectField
          label="Status"
          options={statusOptions}
          value={draft.status}
          onChange={(status) => set({ status })}
        />
      </div>
      <Field label="Owner">
        {(ids) => (
          <Combobox
            {...ids}
            single
            placeholder="Unassigned"
            options={(assignees.data ?? []).map((name) => ({ value: name, label: name }))}
            values={draft.assignedTo === null ? [] : [draft.assignedTo]}
            onChange={([name]) => set({ assignedTo: name ?? null })}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          label="Classification"
          options={classifications.map((value) => ({ value, label: classificationWords[value] }))}
          value={draft.classification}
          onChange={(value: Classification) => setDraft(reclassify(draft, value))}
        />
        <SelectField
          label="Determination"
          options={determinationsOf[draft.classification].map((value) => ({ value, label: determinationWords[value] }))}
          value={draft.determination}
          onChange={(determination: Determination) => set({ determination })}
        />
      </div>
      <Field label="Tags">
        {(ids) => (
          <Combobox
            {...ids}
            allowNew
            options={(tags.data ?? []).map((tag) => ({ value: tag, label: tag }))}
            values={draft.customTags}
            onChange={(customTags) => set({ customTags })}
          />
        )}
      </Field>
      {draft.status === 'resolved' && incident.status !== 'resolved' && (
        <>
          <TextAreaField
            label="Resolution note"
            hint="Kept with the incident and in its activity."
            value={draft.resolvingComment}
            maxLength={30_000}
            onChange={(event) => set({ resolvingComment: event.target.value })}
          />
          <Checkbox
            checked={draft.resolveAlerts}
            onChange={(resolveAlerts) => set({ resolveAlerts })}
            label={`Also resolve its ${incident.alertsActive} open ${incident.alertsActive === 1 ? 'alert' : 'alerts'}`}
          />
        </>
      )}
      <TextAreaField
        label="Comment"
        value={draft.comment}
        maxLength={30_000}
        onChange={(event) => set({ comment: event.target.value })}
      />
      <div className="flex gap-2">
        <Button
          type="submit"
          variant="primary"
          busy={send.isPending}
          disabledReason={change ? undefined : 'Nothing was changed'}
        >
          Save
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}

const severityOptions = (['high', 'medium', 'low', 'informational', 'unknown'] as const).map((value) => ({
  value,
  label: severityWords[value],
  disabled: value === 'unknown',
}));

const statusOptions = (['active', 'inProgress', 'resolved'] as const).map((value) => ({
  value,
  label: statusWords[value],
}));
