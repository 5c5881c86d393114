import { type ActionChoice, actionStatusWords, actionTypes, actionTypeWords } from '@throughline/model';
import { Checkbox } from '../kit/index.ts';
import { GroupChoice } from './group-choice.tsx';
import { NothingEmits } from './nothing-emits.tsx';
import type { StepProps } from './rule-wizard.tsx';
import { actionSourceWords } from './rule-words.ts';
import { WordBoxes } from './word-boxes.tsx';

/** Which response actions a rule tells about. */
export function SettingsAction({ draft, onChange }: StepProps) {
  const { action } = draft;
  if (action === null) return null;
  const put = (part: Partial<ActionChoice>) => onChange({ action: { ...action, ...part } });
  return (
    <>
      <NothingEmits kind="action" />
      <WordBoxes
        legend="Ordered by"
        words={actionSourceWords}
        chosen={action.sources}
        onChange={(sources) => put({ sources })}
      />
      <WordBoxes
        legend="Status"
        words={actionStatusWords}
        chosen={action.statuses}
        onChange={(statuses) => put({ statuses })}
      />
      <Checkbox
        className="justify-start!"
        checked={action.types === null}
        onChange={(all) => put({ types: all ? null : [...actionTypes] })}
        label="All actions, also those to come"
      />
      {action.types !== null && (
        <WordBoxes
          legend="Actions"
          words={actionTypeWords}
          chosen={action.types}
          onChange={(types) => put({ types })}
        />
      )}
      <GroupChoice groups={draft.deviceGroups} onChange={onChange} />
    </>
  );
}
