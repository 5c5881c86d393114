import {
  type TuningCondition,
  type TuningGroup,
  type TuningItem,
  type TuningOperator,
  tuningLimits,
  tuningOperators,
  tuningProperties,
} from '@throughline/model';
import { Trash2 } from 'lucide-react';
import { Button, Combobox, IconButton, Select } from '../kit/index.ts';
import { emptyCondition, withItem } from './rule-draft.ts';
import { operatorWords, propertyWords } from './tuning-words.ts';

const properties = tuningProperties.map((value) => ({ value, label: propertyWords[value] }));

/** Conditions joined by all or any, with groups inside up to three levels. */
export function ConditionBuilder({
  group,
  onChange,
  onRemove,
  level = 1,
  name = 'Conditions',
}: {
  group: TuningGroup;
  onChange: (group: TuningGroup) => void;
  onRemove?: () => void;
  level?: number;
  name?: string;
}) {
  const add = (item: TuningItem) => onChange({ ...group, items: [...group.items, item] });
  return (
    <fieldset className={level === 1 ? '' : 'hairline rounded-md border p-2'}>
      <legend className={level === 1 ? 'pb-1 text-12 font-medium text-n11' : 'sr-only'}>{name}</legend>
      <div className="flex items-center gap-2 pb-2">
        <Select
          size="small"
          aria-label={`${name}: how many must hold`}
          value={group.match}
          onChange={(match) => onChange({ ...group, match })}
          options={[
            { value: 'all', label: 'All of these hold' },
            { value: 'any', label: 'Any of these holds' },
          ]}
        />
        {onRemove && <IconButton label={`Remove ${name}`} icon={Trash2} size="small" onClick={onRemove} />}
      </div>
      <ul className="flex flex-col gap-2">
        {group.items.map((item, at) => {
          const own = `${name} ${at + 1}`;
          const change = (next: TuningItem | null) => onChange(withItem(group, at, next));
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no identity but its place
            <li key={at}>
              {'items' in item ? (
                <ConditionBuilder
                  group={item}
                  onChange={change}
                  onRemove={() => change(null)}
                  level={level + 1}
                  name={own}
                />
              ) : (
                <ConditionRow condition={item} onChange={change} onRemove={() => change(null)} name={own} />
              )}
            </li>
          );
        })}
      </ul>
      <div className="flex gap-2 pt-2">
        <Button size="small" onClick={() => add(emptyCondition())}>
          Add a condition
        </Button>
        {level < tuningLimits.levels && (
          <Button size="small" variant="quiet" onClick={() => add({ match: 'any', items: [emptyCondition()] })}>
            Add a group
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function ConditionRow({
  condition,
  onChange,
  onRemove,
  name,
}: {
  condition: TuningCondition;
  onChange: (condition: TuningCondition) => void;
  onRemove: () => void;
  name: string;
}) {
  const operators = tuningOperators.filter(
    (operator) => operator !== 'inNetwork' || condition.property === 'ip.address',
  );
  return (
    <div className="grid grid-cols-[1fr_auto] items-start gap-2 sm:grid-cols-[180px_140px_1fr_auto]">
      <Select
        aria-label={`${name}: property`}
        value={condition.property}
        onChange={(property) =>
          onChange({
            ...condition,
            property,
            operator: condition.operator === 'inNetwork' && property !== 'ip.address' ? 'equals' : condition.operator,
          })
        }
        options={properties}
      />
      <Select
        aria-label={`${name}: operator`}
        value={condition.operator}
        onChange={(operator: TuningOperator) => onChange({ ...condition, operator })}
        options={operators.map((value) => ({ value, label: operatorWords[value] }))}
      />
      <Combobox
        aria-label={`${name}: values`}
        options={[]}
        values={condition.values}
        onChange={(values) => onChange({ ...condition, values })}
        allowNew
        placeholder="Value, then Enter"
      />
      <IconButton label={`Remove ${name}`} icon={Trash2} onClick={onRemove} />
    </div>
  );
}
