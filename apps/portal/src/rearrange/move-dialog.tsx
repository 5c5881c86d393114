import { useState } from 'react';
import { Checkbox, FormDialog } from '../kit/index.ts';
import { IncidentChoice } from './incident-choice.tsx';
import { moveAlerts } from './rearrange-api.ts';
import { alertCount } from './rearrange-words.ts';
import { ReasonFields, type Why } from './reason-fields.tsx';
import { useRearrange } from './use-rearrange.ts';

export interface MoveDialogProps {
  from: number;
  /** How many alerts `from` has. */
  total: number;
  alertIds: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

/** Moves alerts to another incident, or a new one. */
export function MoveDialog({ from, total, alertIds, onClose, onDone }: MoveDialogProps) {
  const all = alertIds.length === total;
  const [fresh, setFresh] = useState(!all);
  const [into, setInto] = useState<number[]>([]);
  const [why, setWhy] = useState<Why>({ reason: 'incorrectCorrelation', note: '' });
  const { run, busy, error } = useRearrange();
  const target = into[0];
  const count = alertCount(alertIds.length);
  const submit = async () => {
    const done = await run(
      [() => moveAlerts({ alertIds: [...alertIds], into: fresh ? null : (target ?? null), ...why })],
      ({ incidentId }) => `${count} moved to incident ${incidentId}`,
    );
    if (done) onDone();
  };
  return (
    <FormDialog
      title={`Move ${count}`}
      submit="Move"
      busy={busy}
      error={error}
      missing={!fresh && target === undefined ? 'Choose the incident to move to' : undefined}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      {!all && (
        <div>
          <Checkbox label="Into a new incident" checked={fresh} onChange={setFresh} />
        </div>
      )}
      {!fresh && <IncidentChoice label="To incident" single except={[from]} values={into} onChange={setInto} />}
      <p className="text-n10">
        {all
          ? `These are all alerts of incident ${from}: it is merged into the other, and leads to it.`
          : `${total - alertIds.length} of ${alertCount(total)} stay in incident ${from}. Correlation does not put the two together again.`}
      </p>
      <ReasonFields why={why} onChange={setWhy} />
    </FormDialog>
  );
}
