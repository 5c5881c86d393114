import { useQuery } from '@tanstack/react-query';
import type { Severity } from '@throughline/model';
import { severityWords } from '../app/words.ts';
import { Checkbox, SelectField } from '../kit/index.ts';
import { GroupChoice } from './group-choice.tsx';
import { sourcesQuery } from './notifications-api.ts';
import { toggleSeverity } from './rule-draft.ts';
import type { StepProps } from './rule-wizard.tsx';
import { SettingsAction } from './settings-action.tsx';
import { SettingsOperations } from './settings-operations.tsx';
import { SettingsReport } from './settings-report.tsx';
import { SourceChoice } from './source-choice.tsx';

const severityOrder: readonly Severity[] = ['high', 'medium', 'low', 'informational', 'unknown'];

const quietPeriods = [
  { value: '0', label: 'None: each at once' },
  { value: '5', label: '5 minutes' },
  { value: '15', label: '15 minutes' },
  { value: '30', label: '30 minutes' },
  { value: '60', label: 'An hour' },
  { value: '240', label: '4 hours' },
  { value: '1440', label: 'A day' },
];

const choices = {
  incident: SettingsIncident,
  action: SettingsAction,
  report: SettingsReport,
  operations: SettingsOperations,
};

/** What a rule is about, by its kind, and how it tells. */
export function StepSettings(props: StepProps) {
  const { draft, onChange } = props;
  const own = String(draft.quietMinutes);
  const periods = quietPeriods.some(({ value }) => value === own)
    ? quietPeriods
    : [...quietPeriods, { value: own, label: `${own} minutes` }];
  const Choice = choices[draft.kind];
  const incident = draft.kind === 'incident';
  return (
    <div className="flex flex-col gap-5">
      <Choice {...props} />
      <fieldset className="flex flex-col">
        <legend className="pb-1 text-12 font-medium text-n11">How it tells</legend>
        {incident && (
          <Checkbox
            className="min-h-7! justify-start!"
            checked={draft.firstOnly}
            onChange={(firstOnly) => onChange({ firstOnly })}
            label="Only on the first occurrence per incident"
          />
        )}
        <Checkbox
          className="min-h-7! justify-start!"
          checked={draft.includeOrganization}
          onChange={(includeOrganization) => onChange({ includeOrganization })}
          label="Include the organization’s name"
        />
        <Checkbox
          className="min-h-7! justify-start!"
          checked={draft.includeLink}
          onChange={(includeLink) => onChange({ includeLink })}
          label={incident ? 'Include a link to the incident in this portal' : 'Include a link to this portal'}
        />
      </fieldset>
      {incident && !draft.firstOnly && (
        <SelectField
          label="Quiet period"
          hint="Updates of one incident within it become one message."
          options={periods}
          value={own}
          onChange={(value) => onChange({ quietMinutes: Number(value) })}
          className="max-w-60"
        />
      )}
    </div>
  );
}

function SettingsIncident({ draft, onChange }: StepProps) {
  const sources = useQuery(sourcesQuery);
  return (
    <>
      <fieldset>
        <legend className="pb-1 text-12 font-medium text-n11">Alert severity</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {severityOrder.map((severity) => (
            <Checkbox
              key={severity}
              checked={draft.severities.includes(severity)}
              onChange={(on) => onChange({ severities: toggleSeverity(draft.severities, severity, on) })}
              label={severityWords[severity]}
            />
          ))}
        </div>
      </fieldset>
      <SourceChoice draft={draft} onChange={onChange} known={sources.data ?? []} />
      <GroupChoice groups={draft.deviceGroups} onChange={onChange} />
    </>
  );
}
