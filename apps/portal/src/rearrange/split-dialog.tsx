import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Banner, Checkbox, Combobox, Field, FormDialog, SkeletonRows, Time } from '../kit/index.ts';
import { entitiesQuery, moveAlerts, splitQuery } from './rearrange-api.ts';
import { alertCount } from './rearrange-words.ts';
import { ReasonFields, type Why } from './reason-fields.tsx';
import { useRearrange } from './use-rearrange.ts';

/** Parts an incident by an entity that is not to bind it; the largest part stays. */
export function SplitDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const [entity, setEntity] = useState('');
  const [kept, setKept] = useState<ReadonlySet<number>>(new Set());
  const [why, setWhy] = useState<Why>({ reason: 'irrelevantEntities', note: '' });
  const { run, busy, error } = useRearrange();
  const { data: entities = [] } = useQuery(entitiesQuery(id));
  const { data: preview, error: failure, isFetching } = useQuery(splitQuery(id, entity));
  const [, ...others] = preview?.parts ?? [];
  const chosen = others.filter((_, index) => !kept.has(index));
  const submit = async () => {
    const done = await run(
      chosen.map(
        ({ alertIds }) =>
          () =>
            moveAlerts({ alertIds, into: null, ...why }),
      ),
      ({ incidentId }) =>
        chosen.length === 1
          ? `Incident ${incidentId} was split off`
          : `${chosen.length} incidents were split off, the last is ${incidentId}`,
    );
    if (done) onClose();
  };
  const toggle = (index: number) => {
    const next = new Set(kept);
    if (!next.delete(index)) next.add(index);
    setKept(next);
  };
  return (
    <FormDialog
      title={`Split incident ${id}`}
      submit={chosen.length > 1 ? `Split off ${chosen.length} incidents` : 'Split'}
      busy={busy}
      error={error ?? failure}
      missing={
        entity === ''
          ? 'Choose what is not to hold it together'
          : chosen.length === 0
            ? 'Nothing to split off'
            : undefined
      }
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <Field label="Without" hint="An asset or artefact that is not to hold the incident together">
        {(ids) => (
          <Combobox
            {...ids}
            single
            placeholder="Name"
            options={entities.map(({ id: value, name, kind }) => ({ value, label: name, hint: kind }))}
            values={entity === '' ? [] : [entity]}
            onChange={([value = '']) => {
              setEntity(value);
              setKept(new Set());
            }}
          />
        )}
      </Field>
      {entity !== '' && !preview && isFetching && <SkeletonRows rows={2} label="Working out the parts" />}
      {preview && others.length === 0 && (
        <Banner>Nothing falls apart without it: the alerts are held together by other things too.</Banner>
      )}
      {preview && others.length > 0 && (
        <ul aria-label="Parts" className="flex flex-col gap-2">
          {preview.parts.map((part, index) => (
            <li key={part.alertIds[0]} className="hairline rounded-md border px-3 py-2">
              {index === 0 ? (
                <span className="font-medium">{alertCount(part.alertIds.length)} stay</span>
              ) : (
                <div>
                  <Checkbox
                    label={`${alertCount(part.alertIds.length)} to a new incident`}
                    checked={!kept.has(index - 1)}
                    onChange={() => toggle(index - 1)}
                  />
                </div>
              )}
              <p className="text-12 text-n10 wrap-anywhere">{part.titles.join(' · ')}</p>
              <p className="text-12 text-n9">
                <Time value={part.firstActivityDateTime} form="short" /> to{' '}
                <Time value={part.lastActivityDateTime} form="short" />
              </p>
            </li>
          ))}
        </ul>
      )}
      <ReasonFields why={why} onChange={setWhy} />
    </FormDialog>
  );
}
