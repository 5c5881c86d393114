import { useState } from 'react';
import {
  Checkbox,
  Combobox,
  DateTimeRange,
  Field,
  FilterBar,
  type Range,
  Select,
  SelectField,
  TextAreaField,
  TextField,
} from '../kit/index.ts';
import { Sample, Samples } from './sample.tsx';

const statuses = [
  { value: 'active', label: 'New', count: 220 },
  { value: 'inProgress', label: 'In progress', count: 110 },
  { value: 'resolved', label: 'Resolved', count: 4_312 },
];
const people = [
  { value: 'mira', label: 'Mira Keller', hint: 'operator' },
  { value: 'jonas', label: 'Jonas Brandt', hint: 'reader' },
  { value: 'ada', label: 'Ada Okafor', hint: 'operator' },
];

export function FormSamples() {
  const [text, setText] = useState('suricata sensor');
  const [status, setStatus] = useState('active');
  const [tags, setTags] = useState(['finance', 'vip']);
  const [person, setPerson] = useState(['mira']);
  const [range, setRange] = useState<Range>({ from: '2026-11-24T06:00:00.000Z' });
  const [some, setSome] = useState<boolean | 'some'>('some');
  const [checked, setChecked] = useState(true);
  const [filter, setFilter] = useState(['active', 'inProgress']);
  const [severity, setSeverity] = useState<string[]>([]);
  return (
    <Samples title="Forms">
      <Sample name="TextField">
        <TextField
          label="Name"
          value={text}
          onChange={(event) => setText(event.target.value)}
          hint="What will use it."
          className="w-52"
        />
        <TextField label="With an error" defaultValue="yesterday" error="Not a date" className="w-52" />
        <TextField label="Disabled" value="Not now" disabled readOnly className="w-52" />
      </Sample>
      <Sample name="TextAreaField">
        <TextAreaField label="Comment" placeholder="What you found" className="w-full max-w-110" />
      </Sample>
      <Sample name="Select">
        <SelectField label="Status" options={statuses} value={status} onChange={setStatus} className="w-52" />
        <Select aria-label="Status, small" size="small" options={statuses} value={status} onChange={setStatus} />
        <Select
          aria-label="Status, disabled"
          size="small"
          options={statuses}
          value={status}
          onChange={setStatus}
          disabled
        />
      </Sample>
      <Sample name="Combobox">
        <Field label="Tags" className="w-64">
          {(ids) => (
            <Combobox
              {...ids}
              options={['finance', 'vip', 'lab', 'contractor'].map((value) => ({ value, label: value }))}
              values={tags}
              onChange={setTags}
              allowNew
              placeholder="Add a tag"
            />
          )}
        </Field>
        <Field label="Assignee" className="w-52">
          {(ids) => <Combobox {...ids} options={people} values={person} onChange={setPerson} single />}
        </Field>
      </Sample>
      <Sample name="Checkbox">
        <Checkbox checked={checked} onChange={setChecked} label="Checked" />
        <Checkbox checked={!checked} onChange={(on) => setChecked(!on)} label="Not checked" />
        <Checkbox checked={some} onChange={setSome} label="Some of them" />
        <Checkbox checked={false} onChange={() => {}} label="Disabled" disabled />
      </Sample>
      <Sample name="DateTimeRange">
        <DateTimeRange label="Updated" value={range} onChange={setRange} />
        <DateTimeRange label="Created" value={{}} onChange={() => {}} />
      </Sample>
      <Sample name="FilterBar">
        <FilterBar
          onClear={() => setFilter([])}
          filters={[
            { id: 'status', label: 'Status', options: statuses, values: filter, onChange: setFilter },
            { id: 'severity', label: 'Severity', options: statuses, values: severity, onChange: setSeverity },
          ]}
        />
      </Sample>
    </Samples>
  );
}
