import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  classifications,
  determinationsOf,
  type TuningCondition,
  type TuningRuleBody,
  tuningActions,
  tuningTriggers,
} from '@throughline/model';
import { useState } from 'react';
import { classificationWords, determinationWords } from '../app/words.ts';
import { Button, Checkbox, FormDialog, SelectField, TextField, useToast } from '../kit/index.ts';
import { ConditionBuilder } from './condition-builder.tsx';
import { PreviewResult } from './preview-result.tsx';
import { missingOf } from './rule-draft.ts';
import { changeTuningRule, createTuningRule, previewTuningRule, tuningGroupsQuery, tuningKey } from './tuning-api.ts';
import { actionHints, actionWords, conditionsInWords, triggerWords } from './tuning-words.ts';

/** Writes a rule: it is previewed on the last 30 days before it can be saved. */
export function RuleEditor({
  id,
  start,
  suggestions = [],
  onClose,
}: {
  /** Null: a new one. */
  id: number | null;
  start: TuningRuleBody;
  /** Conditions the alert it is made from fulfils. */
  suggestions?: TuningCondition[];
  onClose: () => void;
}) {
  const client = useQueryClient();
  const toast = useToast();
  const groups = useQuery(tuningGroupsQuery).data;
  const [draft, setDraft] = useState(start);
  const preview = useMutation({ mutationFn: previewTuningRule });
  const save = useMutation({
    mutationFn: () => (id === null ? createTuningRule(draft) : changeTuningRule(id, draft)),
    onSuccess: ({ name }) => {
      onClose();
      toast({ message: `${name} saved: it is asked of alerts from now on` });
    },
    onSettled: () => client.invalidateQueries({ queryKey: tuningKey }),
  });
  const change = (part: Partial<TuningRuleBody>) => {
    setDraft({ ...draft, ...part });
    preview.reset();
  };
  const { alertType, conditions, deviceGroups, action, classification } = draft;
  const previewed = preview.isSuccess;
  const type = alertType ?? start.alertType ?? { serviceSource: '', detectorId: '' };
  const unused = suggestions.filter((one) => !JSON.stringify(conditions).includes(JSON.stringify(one)));
  return (
    <FormDialog
      title={id === null ? 'New tuning rule' : 'Change the tuning rule'}
      width="wide"
      onClose={onClose}
      onSubmit={() => (previewed ? save.mutate() : preview.mutate(draft))}
      submit={previewed ? 'Save the rule' : 'Preview'}
      busy={preview.isPending || save.isPending}
      missing={missingOf(draft)}
      error={save.error ?? preview.error}
    >
      <TextField
        label="Name"
        required
        maxLength={120}
        value={draft.name}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextField
        label="Comment"
        hint="Why it is right. Everybody who sees an alert it applied to reads it."
        maxLength={1000}
        value={draft.comment}
        onChange={(event) => change({ comment: event.target.value })}
      />
      <SelectField
        label="Action"
        hint={actionHints[action]}
        value={action}
        onChange={(next) => change({ action: next })}
        options={tuningActions.map((value) => ({ value, label: actionWords[value] }))}
      />
      {action === 'resolve' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField
            label="Classification"
            value={classification}
            onChange={(next) => change({ classification: next, determination: determinationsOf[next][0] ?? 'unknown' })}
            options={classifications.map((value) => ({ value, label: classificationWords[value] }))}
          />
          <SelectField
            label="Determination"
            value={draft.determination}
            onChange={(determination) => change({ determination })}
            options={[...new Set([...determinationsOf[classification], draft.determination])].map((value) => ({
              value,
              label: determinationWords[value],
            }))}
          />
        </div>
      )}
      <div>
        <Checkbox
          label="One alert type only"
          checked={alertType !== null}
          onChange={(on) => change({ alertType: on ? type : null })}
        />
        {alertType !== null && (
          <div className="grid gap-4 pt-2 sm:grid-cols-2">
            <TextField
              label="Service source"
              value={alertType.serviceSource}
              maxLength={200}
              onChange={(event) => change({ alertType: { ...alertType, serviceSource: event.target.value } })}
            />
            <TextField
              label="Detector"
              value={alertType.detectorId}
              maxLength={500}
              onChange={(event) => change({ alertType: { ...alertType, detectorId: event.target.value } })}
            />
          </div>
        )}
      </div>
      <ConditionBuilder group={conditions} onChange={(next) => change({ conditions: next })} />
      {unused.length > 0 && (
        <div>
          <p className="pb-1 text-12 font-medium text-n11">From the alert</p>
          <ul className="flex flex-wrap gap-2">
            {unused.slice(0, 12).map((one) => (
              <li key={JSON.stringify(one)} className="min-w-0">
                <Button
                  size="small"
                  onClick={() => change({ conditions: { ...conditions, items: [...conditions.items, one] } })}
                >
                  <span className="truncate">{conditionsInWords({ match: 'all', items: [one] })}</span>
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <SelectField
        label="On one evidence"
        hint="The conditions about this kind must hold on one and the same evidence."
        value={draft.trigger ?? 'none'}
        onChange={(next) => change({ trigger: next === 'none' ? null : next })}
        options={[
          { value: 'none' as const, label: 'Each on any evidence' },
          ...tuningTriggers.map((value) => ({ value, label: triggerWords[value] })),
        ]}
      />
      <fieldset>
        <legend className="pb-1 text-12 font-medium text-n11">Device groups</legend>
        {(groups?.all ?? deviceGroups === null) && (
          <Checkbox
            label="All, also those to come"
            checked={deviceGroups === null}
            onChange={(on) => change({ deviceGroups: on ? null : [] })}
          />
        )}
        {deviceGroups !== null &&
          groups?.items.map(({ id: group, name }) => (
            <Checkbox
              key={group}
              label={name}
              checked={deviceGroups.includes(group)}
              onChange={(on) =>
                change({ deviceGroups: on ? [...deviceGroups, group] : deviceGroups.filter((each) => each !== group) })
              }
            />
          ))}
      </fieldset>
      <TextField
        label="Ends on"
        type="date"
        hint="From the start of this day (UTC) it does nothing. Empty: never."
        value={draft.expiresDateTime?.slice(0, 10) ?? ''}
        onChange={(event) =>
          change({ expiresDateTime: event.target.value === '' ? null : `${event.target.value}T00:00:00.000Z` })
        }
      />
      {preview.data && <PreviewResult preview={preview.data} resolves={action === 'resolve'} />}
    </FormDialog>
  );
}
