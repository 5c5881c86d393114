import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Person, type TenantToken, type TokenScope, tokenScopes } from '@throughline/model';
import { useState } from 'react';
import { accessKey } from '../access/access-api.ts';
import { scopeWords } from '../app/words.ts';
import { Checkbox, FormDialog, SelectField, TextField } from '../kit/index.ts';
import { makeServiceToken, replaceServiceToken } from './people-api.ts';
import { SecretDialog } from './secret-dialog.tsx';
import { lifeOf, tokenLives } from './token-life.ts';

const overlaps = [
  { value: '0', label: 'At once' },
  { value: '1', label: 'In an hour' },
  { value: '24', label: 'In a day' },
  { value: '72', label: 'In 3 days' },
  { value: '168', label: 'In a week' },
];

export interface ServiceTokenDialogProps {
  account: Pick<Person, 'id' | 'displayName'>;
  /** The token whose successor is made; without it a new one. */
  replaces?: TenantToken;
  onClose: () => void;
}

/** Makes a token of a service account, or the successor of one; then shows it, this once. */
export function ServiceTokenDialog({ account, replaces, onClose }: ServiceTokenDialogProps) {
  const client = useQueryClient();
  const [name, setName] = useState(replaces?.name ?? '');
  const [scopes, setScopes] = useState<readonly TokenScope[]>(replaces?.scopes ?? ['intake']);
  const [life, setLife] = useState('90');
  const [date, setDate] = useState('');
  const [overlap, setOverlap] = useState('24');
  const make = useMutation({
    mutationFn: () => {
      const ends = lifeOf(life, date);
      return replaces === undefined
        ? makeServiceToken(account.id, { name: name.trim(), scopes, ...ends })
        : replaceServiceToken(replaces.id, { endsInHours: Number(overlap), ...ends });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: accessKey }),
  });
  if (make.data) {
    return (
      <SecretDialog title={`Token ${make.data.name}`} label="Token" secret={make.data.token} onClose={onClose}>
        <p className="text-n10">Programs send it as header “Authorization: Bearer …”.</p>
      </SecretDialog>
    );
  }
  const missing =
    name.trim() === ''
      ? 'Give it a name first'
      : scopes.length === 0
        ? 'Choose at least one scope'
        : life === 'date' && date === ''
          ? 'Choose the date first'
          : undefined;
  return (
    <FormDialog
      title={replaces === undefined ? `Make a token for ${account.displayName}` : `Replace ${replaces.name}`}
      onClose={onClose}
      onSubmit={() => make.mutate()}
      submit={replaces === undefined ? 'Make the token' : 'Replace the token'}
      missing={missing}
      busy={make.isPending}
      error={make.error}
    >
      {replaces === undefined ? (
        <>
          <TextField
            label="Name"
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <fieldset>
            <legend className="pb-1 text-12 font-medium text-n11">Scopes</legend>
            {tokenScopes.map((scope) => (
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
        </>
      ) : (
        <>
          <p>The new token has the same name and scopes. Until the old one ends, both work.</p>
          <SelectField label="The old one ends" options={overlaps} value={overlap} onChange={setOverlap} />
        </>
      )}
      <SelectField label="Ends after" options={tokenLives} value={life} onChange={setLife} />
      {life === 'date' && (
        <TextField
          label="Last day"
          type="date"
          hint="At most two years from now."
          value={date}
          onChange={(event) => setDate(event.target.value)}
        />
      )}
    </FormDialog>
  );
}
