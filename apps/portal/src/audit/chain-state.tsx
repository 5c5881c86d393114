import { useMutation, useQuery } from '@tanstack/react-query';
import type { AuditState, AuditVerdict } from '@throughline/model';
import { Banner, Button, KeyValueList, StateMark, Time } from '../kit/index.ts';
import { auditStateQuery, verifyAudit } from './audit-data.ts';

/** How long the chain is, when it was sealed, who has it, and a button that checks every link of it. */
export function ChainState() {
  const state = useQuery(auditStateQuery);
  const verify = useMutation({ mutationFn: verifyAudit });
  return (
    <section aria-label="The chain" className="flex flex-col gap-2 px-4 pb-3">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">{state.data && <Facts state={state.data} />}</div>
        <Button busy={verify.isPending} onClick={() => verify.mutate()}>
          Verify the chain
        </Button>
      </div>
      {verify.isError && (
        <Banner tone="failed" title="The chain could not be checked" onDismiss={verify.reset}>
          {verify.error.message}
        </Banner>
      )}
      {verify.data && <Verdict verdict={verify.data} onDismiss={verify.reset} />}
    </section>
  );
}

function Facts({ state }: { state: AuditState }) {
  const { entries, first, last, checkpoint, receivers } = state;
  const numbers = first === null || last === null ? '' : `, number ${count(first)} to ${count(last)}`;
  return (
    <KeyValueList
      items={[
        { key: 'Entries', value: `${count(entries)}${numbers}` },
        {
          key: 'Last sealed',
          value:
            checkpoint === null ? (
              'Not yet: within the hour'
            ) : (
              <>
                at entry {count(checkpoint.seq)}, <Time value={checkpoint.at} form="ago" />
              </>
            ),
        },
        ...receivers.map((receiver) => ({ key: receiver.name, value: <Receiver receiver={receiver} /> })),
      ]}
    />
  );
}

function Receiver({ receiver }: { receiver: AuditState['receivers'][number] }) {
  const { waiting, lastError } = receiver;
  if (lastError !== null) {
    return (
      <>
        <StateMark state="failed" label={`${count(waiting)} waiting`} />
        <span className="ml-2 text-n10">{lastError}</span>
      </>
    );
  }
  return waiting === 0 ? (
    <StateMark state="ok" label="Has everything" />
  ) : (
    <StateMark state="pending" label={`${count(waiting)} waiting`} />
  );
}

function Verdict({ verdict, onDismiss }: { verdict: AuditVerdict; onDismiss: () => void }) {
  const { fault, entries, checkpoints } = verdict;
  if (fault !== null) {
    return (
      <Banner tone="failed" title="The chain is broken" onDismiss={onDismiss}>
        {fault.message}
      </Banner>
    );
  }
  return (
    <Banner tone="ok" title="The chain is intact" onDismiss={onDismiss}>
      {count(entries)} {entries === 1 ? 'entry' : 'entries'} and {count(checkpoints)}{' '}
      {checkpoints === 1 ? 'seal' : 'seals'} fit.
    </Banner>
  );
}

function count(value: number): string {
  return value.toLocaleString('en');
}
