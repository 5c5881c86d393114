import { type ReportChange, type ReportChoice, reportChanges, reportTypes, reportTypeWords } from '@throughline/model';
import { useState } from 'react';
import { Checkbox, SelectField, TextField } from '../kit/index.ts';
import { NothingEmits } from './nothing-emits.tsx';
import type { StepProps } from './rule-wizard.tsx';
import { reportChangeWords } from './rule-words.ts';
import { WordBoxes } from './word-boxes.tsx';

const changes = reportChanges.map((value) => ({ value, label: reportChangeWords[value] }));

/** Which threat reports a rule tells about. */
export function SettingsReport({ draft, onChange }: StepProps) {
  const { report } = draft;
  const [tags, setTags] = useState(report?.tags?.join(', ') ?? '');
  if (report === null) return null;
  const put = (part: Partial<ReportChoice>) => onChange({ report: { ...report, ...part } });
  return (
    <>
      <NothingEmits kind="report" />
      <SelectField<ReportChange>
        label="Reports"
        options={changes}
        value={report.changes}
        onChange={(value) => put({ changes: value })}
        className="max-w-60"
      />
      <Checkbox
        className="justify-start!"
        checked={report.types === null}
        onChange={(all) => put({ types: all ? null : [...reportTypes] })}
        label="All types"
      />
      {report.types !== null && (
        <WordBoxes legend="Types" words={reportTypeWords} chosen={report.types} onChange={(types) => put({ types })} />
      )}
      <TextField
        label="Tags"
        hint="Only reports with one of these, between commas. Empty: whatever their tags."
        value={tags}
        onChange={(event) => {
          setTags(event.target.value);
          const words = event.target.value
            .split(',')
            .map((word) => word.trim())
            .filter((word) => word !== '');
          put({ tags: words.length === 0 ? null : [...new Set(words)].slice(0, 50) });
        }}
      />
    </>
  );
}
