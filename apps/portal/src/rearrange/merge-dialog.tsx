import { mostMerged } from '@throughline/model';
import { useState } from 'react';
import { FormDialog } from '../kit/index.ts';
import { IncidentChoice } from './incident-choice.tsx';
import { mergeIncidents } from './rearrange-api.ts';
import { ReasonFields, type Why } from './reason-fields.tsx';
import { useRearrange } from './use-rearrange.ts';

export interface MergeDialogProps {
  /** Those that are merged whatever else is chosen. */
  incidentIds: readonly number[];
  onClose: () => void;
  /** The incident that stays. */
  onDone: (incidentId: number) => void;
}

/** Merges incidents into one. One given incident asks for the others; more than one are merged as they are. */
export function MergeDialog({ incidentIds, onClose, onDone }: MergeDialogProps) {
  const [others, setOthers] = useState<number[]>([]);
  const [why, setWhy] = useState<Why>({ reason: 'sameAttack', note: '' });
  const { run, busy, error } = useRearrange();
  const all = [...incidentIds, ...others];
  const asks = incidentIds.length === 1;
  const submit = async () => {
    const done = await run(
      [() => mergeIncidents({ incidentIds: all, ...why })],
      ({ incidentId }) => `Merged into incident ${incidentId}`,
    );
    if (done) onDone(done.incidentId);
  };
  return (
    <FormDialog
      title={asks ? `Merge incident ${incidentIds[0]} with others` : `Merge ${incidentIds.length} incidents`}
      submit="Merge"
      busy={busy}
      error={error}
      missing={
        all.length < 2
          ? 'Choose an incident to merge with'
          : all.length > mostMerged
            ? `At most ${mostMerged} at once`
            : undefined
      }
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      {asks ? (
        <IncidentChoice label="Merge with" except={all} values={others} onChange={setOthers} />
      ) : (
        <p>Incidents {incidentIds.join(', ')}.</p>
      )}
      <p className="text-n10">
        One of them stays: the one people work on, else the oldest. It takes all alerts, comments and tags; the others
        lead to it. Each can be separated again at any time.
      </p>
      <ReasonFields why={why} onChange={setWhy} />
    </FormDialog>
  );
}
