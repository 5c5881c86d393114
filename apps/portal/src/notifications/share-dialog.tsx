import { useMutation, useQuery } from '@tanstack/react-query';
import type { DigestPreview } from '@throughline/model';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { Banner, Button, FormDialog, ScrollRegion, TextAreaField, useToast } from '../kit/index.ts';
import { AddressBox } from './address-box.tsx';

const most = 10;

/** Sends a mail about an incident to chosen people, with a note; shows it first when asked to. */
export function ShareDialog({ incidentId, onClose }: { incidentId: number; onClose: () => void }) {
  const toast = useToast();
  const [to, setTo] = useState<string[]>([]);
  const [note, setNote] = useState('');
  const [previewed, setPreviewed] = useState<string>();
  const preview = useQuery({
    queryKey: ['incident', incidentId, 'share', previewed],
    enabled: previewed !== undefined,
    retry: false,
    queryFn: ({ signal }) =>
      api<DigestPreview>(`/incidents/${incidentId}/share/preview`, {
        method: 'POST',
        signal,
        body: { note: previewed },
      }),
  });
  const send = useMutation({
    mutationFn: () => api<void>(`/incidents/${incidentId}/share`, { method: 'POST', body: { to, note } }),
    onSuccess: () => {
      onClose();
      toast({ message: `Incident ${incidentId} is sent to ${to.length === 1 ? to[0] : `${to.length} people`}` });
    },
  });
  return (
    <FormDialog
      title={`Share incident ${incidentId}`}
      width="wide"
      submit="Send"
      onClose={onClose}
      onSubmit={() => send.mutate()}
      busy={send.isPending}
      error={send.error}
      missing={to.length === 0 ? 'Add an address first' : undefined}
      extra={
        <Button
          busy={preview.isFetching}
          onClick={() => (previewed === note ? void preview.refetch() : setPreviewed(note))}
        >
          Preview
        </Button>
      }
    >
      <AddressBox
        recipients={to}
        most={most}
        hint={`At most ${most}; each gets a mail of their own.`}
        onChange={setTo}
      />
      <TextAreaField
        label="Note"
        maxLength={1000}
        hint="It stands above the incident, with your name."
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <p className="text-12 text-n9">
        The mail tells what you see of this incident: name, severity, scope, status and a link. Opening it there needs
        an account.
      </p>
      {preview.isError && <Banner tone="failed">{preview.error.message}</Banner>}
      {preview.data && (
        <ScrollRegion
          label="Preview of the mail"
          maxHeight={240}
          className="hairline overflow-y-auto rounded-md border bg-n2 px-3 py-2"
        >
          <p className="pb-2 font-semibold wrap-anywhere">{preview.data.mail.subject}</p>
          <pre className="wrap-anywhere whitespace-pre-wrap">{preview.data.mail.text}</pre>
        </ScrollRegion>
      )}
    </FormDialog>
  );
}
