import type { RearrangementReason } from '@throughline/model';
import { rearrangementReasons } from '@throughline/model';
import { SelectField, TextAreaField } from '../kit/index.ts';
import { reasonWords } from './rearrange-words.ts';

/** Why: from a list, and in words. */
export type Why = { reason: RearrangementReason; note: string };

const options = rearrangementReasons.map((value) => ({ value, label: reasonWords[value] }));

/** The reason goes into the journal and the activity of every incident concerned. */
export function ReasonFields({ why, onChange }: { why: Why; onChange: (why: Why) => void }) {
  return (
    <>
      <SelectField
        label="Reason"
        options={options}
        value={why.reason}
        onChange={(reason) => onChange({ ...why, reason })}
      />
      <TextAreaField
        label="Note"
        hint="For the activity of every incident concerned"
        maxLength={2_000}
        rows={2}
        value={why.note}
        onChange={(event) => onChange({ ...why, note: event.target.value })}
      />
    </>
  );
}
