import { useMutation, useQuery } from '@tanstack/react-query';
import type { AcknowledgeView } from '@throughline/model';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { Banner, Button, SeverityMark, Time } from '../kit/index.ts';

const endWords: Readonly<Record<Exclude<AcknowledgeView['state'], 'running'>, string>> = {
  acknowledged: 'Acknowledged',
  assigned: 'Assigned to somebody',
  statusChanged: 'Its status was changed',
  merged: 'Merged into another incident',
  ruleGone: 'The rule that told about it is gone or off',
};

/** Where the link of a message leads (`/acknowledge#token=…`): opening it changes nothing, the button does. */
export function AcknowledgePage() {
  const [token] = useState(() => new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '');
  const look = useQuery({
    queryKey: ['acknowledge', token],
    retry: false,
    queryFn: ({ signal }) =>
      api<AcknowledgeView>('/acknowledge', { signal, headers: { 'x-acknowledge-token': token } }),
  });
  const run = useMutation({
    mutationFn: () => api<AcknowledgeView>('/acknowledge', { method: 'POST', body: { token } }),
  });
  const view = run.data ?? look.data;
  return (
    <main className="flex h-full items-start justify-center overflow-auto px-4 pt-[12vh]">
      <div className="flex w-full max-w-110 flex-col gap-4">
        <div className="flex items-center gap-2.5">
          <img src="/mark.svg" alt="" width={28} height={28} />
          <h1 className="text-20 font-semibold">Acknowledge an incident</h1>
        </div>
        {(run.error ?? look.error) && <Banner tone="failed">{(run.error ?? look.error)?.message}</Banner>}
        {look.isPending && <p role="status">Reading the link…</p>}
        {view && (
          <>
            <div className="hairline flex flex-col gap-1 rounded-md border p-4">
              <SeverityMark severity={view.severity} form="word" />
              <h2 className="font-semibold wrap-anywhere">
                <span className="mr-2 font-normal text-n9">{view.incidentId}</span>
                {view.displayName}
              </h2>
              <p className="text-n10">
                First activity <Time value={view.firstActivityDateTime} form="short" />
              </p>
            </div>
            {view.state === 'running' ? (
              <>
                <Button variant="primary" busy={run.isPending} onClick={() => run.mutate()}>
                  Acknowledge
                </Button>
                <p className="text-12 text-n9">
                  It stops the escalation, and everybody who was told hears that {view.recipient} has acknowledged it.
                </p>
              </>
            ) : (
              <Banner tone="info">
                {endWords[view.state]}
                {view.endedBy !== null && ` by ${view.endedBy}`}
                {view.endedDateTime !== null && (
                  <>
                    , <Time value={view.endedDateTime} form="short" />
                  </>
                )}
                . Nothing escalates any more.
              </Banner>
            )}
          </>
        )}
      </div>
    </main>
  );
}
