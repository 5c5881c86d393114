import { Checkbox, TextAreaField, TextField } from '../kit/index.ts';
import type { StepProps } from './rule-wizard.tsx';

export function StepBasics({ draft, onChange }: StepProps) {
  return (
    <div className="flex max-w-120 flex-col gap-4">
      <TextField
        label="Name"
        required
        maxLength={100}
        hint="It stands at the foot of each mail, so that people know why they got it."
        value={draft.name}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <TextAreaField
        label="Description"
        maxLength={500}
        value={draft.description}
        onChange={(event) => onChange({ description: event.target.value })}
      />
      <Checkbox
        className="justify-start!"
        checked={draft.enabled}
        onChange={(enabled) => onChange({ enabled })}
        label="The rule is on"
      />
    </div>
  );
}
