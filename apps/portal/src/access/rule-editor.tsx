import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type DeviceProperty, type DeviceRule, deviceProperties, operatorsOf } from '@throughline/model';
import { Combobox, Field, Select } from '../kit/index.ts';
import { previewQuery } from './access-api.ts';
import { operatorWords, propertyWords, type RuleDraft } from './rule-draft.ts';

interface RuleEditorProps {
  draft: RuleDraft;
  onChange: (draft: RuleDraft) => void;
}

/** A line for each property: how it is compared, and with what. */
export function RuleEditor({ draft, onChange }: RuleEditorProps) {
  return (
    <div className="flex flex-col gap-3">
      {deviceProperties.map((property) => (
        <ConditionLine
          key={property}
          property={property}
          condition={draft[property]}
          onChange={(condition) => onChange({ ...draft, [property]: condition })}
        />
      ))}
    </div>
  );
}

interface ConditionLineProps {
  property: DeviceProperty;
  condition: RuleDraft[DeviceProperty];
  onChange: (condition: RuleDraft[DeviceProperty]) => void;
}

function ConditionLine({ property, condition, onChange }: ConditionLineProps) {
  const options = operatorsOf[property].map((value) => ({ value, label: operatorWords[value] }));
  return (
    <Field label={propertyWords[property]}>
      {(ids) => (
        <div className="flex gap-2">
          <Select
            aria-label={`How ${propertyWords[property].toLowerCase()} is compared`}
            options={options}
            value={condition.operator}
            onChange={(operator) => onChange({ ...condition, operator })}
          />
          <div className="min-w-0 flex-1">
            <Combobox
              {...ids}
              allowNew
              options={[]}
              values={condition.values}
              placeholder="Any; up to ten values"
              onChange={(values) => onChange({ ...condition, values: values.slice(0, 10) })}
            />
          </div>
        </div>
      )}
    </Field>
  );
}

/** The devices a rule matches now. */
export function RulePreview({ rule, groupId }: { rule: DeviceRule | null; groupId: number | undefined }) {
  const preview = useQuery({
    ...previewQuery(rule ?? { conditions: [] }, groupId),
    enabled: rule !== null,
    placeholderData: keepPreviousData,
  });
  if (rule === null) return <p className="text-n10">Give a value to at least one property.</p>;
  if (preview.isError) return <p className="text-n10">No preview: {preview.error.message}</p>;
  if (preview.data === undefined) return <p className="text-n10">Looking for devices…</p>;
  const { matching, taken, devices } = preview.data;
  return (
    <div aria-live="polite" className="flex flex-col gap-2">
      <p>
        {matching} {matching === 1 ? 'device matches' : 'devices match'}
        {taken > 0 && `; ${taken} of them stay in a group of better rank`}
      </p>
      <ul className="flex flex-col gap-1 text-n10">
        {devices.map(({ id, name, group }) => (
          <li key={id} className="flex justify-between gap-4">
            <span className="truncate" title={name}>
              {name}
            </span>
            <span className="shrink-0 text-n9">now in {group}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
