import { useQuery } from '@tanstack/react-query';
import type { Classification, Determination, IncidentDetail } from '@throughline/model';
import { classifications, determinationsOf, severities } from '@throughline/model';
import { useState } from 'react';
import { assigneesQuery, tagsQuery } from '../api/operate.ts';
import { useMay, useMe } from '../api/session.ts';
import { ownerWords } from '../app/owner-words.ts';
import { classificationWords, determinationWords, severityWords, statusWords } from '../app/words.ts';
import { Button, Checkbox, Combobox, Field, SelectField, TextAreaField, TextField } from '../kit/index.ts';
import { useChangeIncidents } from './change.ts';
import { changeOf, type Draft, determinationUnder, draftOf } from './draft.ts';

/** Edits not yet saved, by incident: stepping to the next one and back loses nothing. A reload empties it. */
const unsaved = new Map<number, Partial<Draft>>();

export interface ManageFormProps {
  incident: IncidentDetail;
  /** With name and severity too: the incident's own page has the room. */
  full?: boolean;
  onSaved?: () => void;
}

/** What a person may set on an incident, saved together; says before saving what resolving will change. */
export function ManageForm({ incident, full = false, onSaved }: ManageFormProps) {
  // Only what was edited is kept, so that a change made elsewhere meanwhile shows through.
  const [edits, setEdits] = useState<Partial<Draft>>(() => unsaved.get(incident.id) ?? {});
  const draft = { ...draftOf(incident), ...edits };
  const [saving, setSaving] = useState(false);
  const may = useMay('incidents.manage');
  const save = useChangeIncidents();
  const { data: tags = [] } = useQuery(tagsQuery);
  const change = changeOf(incident, draft);
  const put = (part: Partial<Draft>) => {
    const next = { ...edits, ...part };
    unsaved.set(incident.id, next);
    setEdits(next);
  };
  const clear = () => {
    unsaved.delete(incident.id);
    setEdits({});
  };
  const classify = (classification: Classification) =>
    put({ classification, determination: determinationUnder(classification, draft.determination) });
  const determinations = determinationsOf[draft.classification];
  const closing = draft.status === 'resolved' && incident.status !== 'resolved';
  const own = incident.status === 'awaitingAction' || incident.status === 'redirected' ? [incident.status] : [];

  const submit = async () => {
    if (!change) return;
    setSaving(true);
    const saved = await save([incident], change, `Incident ${incident.id} saved`);
    setSaving(false);
    if (!saved) return;
    clear();
    onSaved?.();
  };

  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {full && (
        <TextField
          label="Name"
          value={draft.displayName}
          maxLength={300}
          disabled={!may}
          onChange={(event) => put({ displayName: event.target.value })}
        />
      )}
      <div className="grid grid-cols-2 gap-3">
        {full && (
          <SelectField
            label="Severity"
            value={draft.severity}
            disabled={!may}
            onChange={(severity) => put({ severity })}
            options={severities
              .toReversed()
              .map((value) => ({ value, label: severityWords[value], disabled: value === 'unknown' }))}
          />
        )}
        <SelectField
          label="Status"
          value={draft.status}
          disabled={!may}
          onChange={(status) => put({ status })}
          options={(['active', 'inProgress', ...own, 'resolved'] as const).map((value) => ({
            value,
            label: statusWords[value],
          }))}
        />
        <AssigneeField value={draft.assignedTo} onChange={(assignedTo) => put({ assignedTo })} />
        <SelectField
          label="Classification"
          value={draft.classification}
          disabled={!may}
          onChange={classify}
          options={classifications.map((value) => ({ value, label: classificationWords[value] }))}
        />
        <SelectField
          label="Determination"
          value={draft.determination}
          disabled={!may || draft.classification === 'unknown'}
          onChange={(determination) => put({ determination })}
          options={withChosen(determinations, draft.determination).map((value) => ({
            value,
            label: determinationWords[value],
          }))}
        />
      </div>
      <Field label="Tags">
        {(ids) => (
          <Combobox
            {...ids}
            options={tags.map((tag) => ({ value: tag, label: tag }))}
            values={draft.customTags}
            allowNew
            placeholder="Add a tag"
            onChange={(customTags) => put({ customTags })}
          />
        )}
      </Field>
      <TextAreaField
        label="Comment"
        rows={2}
        maxLength={30_000}
        value={draft.comment}
        onChange={(event) => put({ comment: event.target.value })}
      />
      {closing && (
        <TextAreaField
          label="Resolution note"
          hint="Kept with the incident and in its activity."
          rows={2}
          maxLength={30_000}
          value={draft.resolvingComment}
          onChange={(event) => put({ resolvingComment: event.target.value })}
        />
      )}
      {closing && incident.alertsActive > 0 && (
        <Checkbox
          className="justify-start!"
          checked={draft.resolveAlerts}
          onChange={(resolveAlerts) => put({ resolveAlerts })}
          label={`Also resolve its ${incident.alertsActive} open ${incident.alertsActive === 1 ? 'alert' : 'alerts'}`}
        />
      )}
      <div className="flex justify-end gap-2">
        {change && (
          <Button variant="quiet" onClick={clear}>
            Discard
          </Button>
        )}
        <Button
          variant="primary"
          type="submit"
          busy={saving}
          disabledReason={may ? (change ? undefined : 'Nothing has changed') : 'Needs the permission incidents.manage'}
        >
          Save
        </Button>
      </div>
    </form>
  );
}

function withChosen(list: readonly Determination[], chosen: Determination): readonly Determination[] {
  return list.includes(chosen) ? list : [...list, chosen];
}

function AssigneeField({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const me = useMe();
  const { data: assignees = [] } = useQuery(assigneesQuery);
  const names = [...new Set([...(me ? [me.userName] : []), ...assignees])];
  const options = names.map((name) => ({
    value: name,
    label: name === me?.userName ? `${name} (me)` : ownerWords(name),
  }));
  const none = { value: '', label: 'Unassigned' };
  return (
    <Field label="Assignee">
      {(ids) => (
        <Combobox
          {...ids}
          single
          allowNew
          options={[none, ...options]}
          values={[value ?? '']}
          onChange={([chosen = '']) => onChange(chosen === '' ? null : chosen)}
        />
      )}
    </Field>
  );
}
