import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TokenScope } from '@throughline/model';
import { useState } from 'react';
import { createToken } from '../api/operate.ts';
import { scopeWords } from '../app/words.ts';
import { Banner, Button, Checkbox, CodeBlock, Dialog, FormDialog, SelectField, TextField } from '../kit/index.ts';
import { sendLine } from '../queue/first-run.tsx';

const lives = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: 'never', label: 'Never' },
];

/** Asks for name, scopes and end; then shows the token, this once. */
export function CreateToken({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<TokenScope[]>(['intake']);
  const [life, setLife] = useState('90');
  const create = useMutation({
    mutationFn: () => createToken({ name: name.trim(), scopes, expiresInDays: life === 'never' ? null : Number(life) }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['tokens'] });
      void client.invalidateQueries({ queryKey: ['first-run'] });
    },
  });
  if (create.data)
    return (
      <Created
        token={create.data.token}
        name={create.data.name}
        onClose={onClose}
        intake={create.data.scopes.includes('intake')}
      />
    );
  const missing =
    name.trim() === '' ? 'Give it a name first' : scopes.length === 0 ? 'Choose at least one scope' : undefined;
  return (
    <FormDialog
      title="Create a token"
      submit="Create"
      missing={missing}
      busy={create.isPending}
      error={create.error}
      onClose={onClose}
      onSubmit={() => create.mutate()}
    >
      <TextField
        label="Name"
        required
        maxLength={100}
        hint="What will use it, such as “suricata sensor”."
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset>
        <legend className="pb-1 text-12 font-medium text-n11">Scopes</legend>
        {(Object.keys(scopeWords) as TokenScope[]).map((scope) => (
          <Checkbox
            key={scope}
            className="flex! min-h-7 justify-start!"
            checked={scopes.includes(scope)}
            onChange={(on) => setScopes((now) => (on ? [...now, scope] : now.filter((each) => each !== scope)))}
            label={
              <>
                {scopeWords[scope].label} <span className="text-n9">– {scopeWords[scope].hint.toLowerCase()}</span>
              </>
            }
          />
        ))}
      </fieldset>
      <SelectField label="Expires after" options={lives} value={life} onChange={setLife} />
    </FormDialog>
  );
}

function Created({
  token,
  name,
  intake,
  onClose,
}: {
  token: string;
  name: string;
  intake: boolean;
  onClose: () => void;
}) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Token ${name}`}
      width="wide"
      footer={
        <Button variant="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <Banner tone="warning">This is the only time it is shown; the server keeps a digest of it.</Banner>
        <CodeBlock label="Token" code={token} wrap />
        {intake && (
          <>
            <p className="pt-1 text-n10">Send a file with it:</p>
            <CodeBlock label="Command line" code={`TOKEN=${token}\n${sendLine(window.location.origin)}`} wrap />
          </>
        )}
      </div>
    </Dialog>
  );
}
