import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Combobox, Field } from '../kit/index.ts';
import { choicesQuery } from './rearrange-api.ts';

export interface IncidentChoiceProps {
  label: string;
  hint?: string;
  /** Numbers not to offer. */
  except: readonly number[];
  values: readonly number[];
  onChange: (values: number[]) => void;
  single?: boolean;
}

/** Type a number or a part of a name to find open incidents. */
export function IncidentChoice({ label, hint, except, values, onChange, single = false }: IncidentChoiceProps) {
  const [text, setText] = useState('');
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(new Map());
  const { data } = useQuery(choicesQuery(text.trim()));
  const found = (data?.items ?? [])
    .filter(({ id }) => !except.includes(id))
    .map(({ id, displayName }) => [String(id), `${id} · ${displayName}`] as const);
  const all = new Map([...known, ...found]);
  return (
    <Field label={label} {...(hint !== undefined && { hint })}>
      {(ids) => (
        <Combobox
          {...ids}
          single={single}
          placeholder="Number or name"
          options={[...all].map(([value, name]) => ({ value, label: name }))}
          values={values.map(String)}
          onText={setText}
          onChange={(next) => {
            setKnown(new Map(next.map((value) => [value, all.get(value) ?? value])));
            onChange(next.map(Number));
          }}
        />
      )}
    </Field>
  );
}
