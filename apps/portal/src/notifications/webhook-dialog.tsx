import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Webhook, WebhookFormat } from '@throughline/model';
import { useState } from 'react';
import { Banner, Button, CodeBlock, Dialog, FormDialog, SelectField, TextField, useToast } from '../kit/index.ts';
import { notificationsKey, saveWebhook } from './notifications-api.ts';

const formats = [
  { value: 'throughline', label: 'Throughline’s JSON, signed' },
  { value: 'slack', label: 'Slack (incoming webhook)' },
  { value: 'teams', label: 'Microsoft Teams (workflow)' },
] as const;

/** Makes a webhook or, with `hook`, changes it; then shows a new secret, this once. */
export function WebhookDialog({ hook, onClose }: { hook?: Webhook; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const [name, setName] = useState(hook?.name ?? '');
  const [format, setFormat] = useState<WebhookFormat>(hook?.format ?? 'throughline');
  // A chat's address is its key: the one that is set is not shown, and stays when nothing is entered.
  const [url, setUrl] = useState(hook?.format === 'throughline' ? hook.url : '');
  const keeps = hook !== undefined && hook.format !== 'throughline' && hook.format === format;
  const save = useMutation({
    mutationFn: () =>
      saveWebhook(hook?.id, { name: name.trim(), format, ...(url.trim() !== '' && { url: url.trim() }) }),
    onSuccess: async (saved) => {
      await client.invalidateQueries({ queryKey: notificationsKey });
      if (saved.secret !== null) return;
      onClose();
      toast({ message: `Webhook ${saved.name} saved` });
    },
  });
  if (save.data && save.data.secret !== null) {
    return (
      <Dialog
        open
        onClose={onClose}
        title={`Secret of ${save.data.name}`}
        width="wide"
        footer={
          <Button variant="primary" onClick={onClose}>
            I have copied it
          </Button>
        }
      >
        <div className="flex flex-col gap-3">
          <Banner tone="warning">This is the only time it is shown.</Banner>
          <CodeBlock label="Secret" code={save.data.secret} wrap />
          <p className="text-n10">
            Each call carries <code>X-Throughline-Signature: t=SECONDS,v1=HEX</code>: HMAC-SHA256 with this secret over{' '}
            <code>SECONDS.BODY</code>. Refuse calls that do not match or are older than five minutes.
          </p>
        </div>
      </Dialog>
    );
  }
  const missing =
    name.trim() === ''
      ? 'Give it a name first'
      : /^https?:\/\/./.test(url.trim()) || (keeps && url.trim() === '')
        ? undefined
        : 'Enter its address first';
  return (
    <FormDialog
      title={hook === undefined ? 'Add a webhook' : `Edit ${hook.name}`}
      missing={missing}
      busy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      <TextField label="Name" required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      <SelectField label="Called with" options={formats} value={format} onChange={setFormat} />
      <TextField
        label="Address"
        required={!keeps}
        inputMode="url"
        placeholder={keeps ? hook.url : 'https://hooks.example.com/incidents'}
        hint={
          format !== 'throughline'
            ? `Whoever knows it can post: it is stored sealed and not shown again.${keeps ? ' Leave this empty to keep the one that is set.' : ''}`
            : hook === undefined
              ? 'Called by POST. Addresses inside the network need to be allowed in the configuration.'
              : 'With another host it gets a new secret.'
        }
        value={url}
        onChange={(event) => setUrl(event.target.value)}
      />
    </FormDialog>
  );
}
