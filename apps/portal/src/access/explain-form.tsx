import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Banner, Button, Combobox, Field, TextField } from '../kit/index.ts';
import { accountsQuery, explain } from './access-api.ts';
import { sourceWords } from './source-words.ts';

/** Asks whether a person sees an incident, and answers with the reason. */
export function ExplainForm() {
  const accounts = useQuery(accountsQuery).data ?? [];
  const [account, setAccount] = useState<string[]>([]);
  const [incident, setIncident] = useState('');
  const ask = useMutation({ mutationFn: () => explain(Number(account[0]), Number(incident)) });
  const ready = account.length > 0 && /^\d{1,9}$/.test(incident);
  const answer = ask.data;
  return (
    <form
      className="flex max-w-2xl flex-col gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) ask.mutate();
      }}
    >
      <h2 className="text-16 font-medium">Why does somebody see an incident, or not?</h2>
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Person" className="min-w-48 flex-1">
          {(ids) => (
            <Combobox
              {...ids}
              single
              options={accounts.map(({ id, displayName, userName }) => ({
                value: String(id),
                label: displayName,
                hint: userName,
              }))}
              values={account}
              onChange={setAccount}
            />
          )}
        </Field>
        <TextField
          label="Incident"
          inputMode="numeric"
          value={incident}
          onChange={(event) => setIncident(event.target.value.trim())}
        />
        <Button
          type="submit"
          busy={ask.isPending}
          disabledReason={ready ? undefined : 'Choose a person and an incident'}
        >
          Explain
        </Button>
      </div>
      <div aria-live="polite">
        {ask.isError && <Banner tone="failed">{ask.error.message}</Banner>}
        {answer && (
          <Banner tone={answer.visible ? 'ok' : 'info'}>
            {answer.sentence} Person: {namesOf(answer.scope, 'everything')}. Incident:{' '}
            {namesOf(answer.incidentGroups, 'none')}. Data sources of the person:{' '}
            {sourceWords(answer.sources ?? { mode: 'all', sources: [] })}; of the incident:{' '}
            {answer.incidentSources.join(', ') || 'none'}.
          </Banner>
        )}
      </div>
    </form>
  );
}

function namesOf(groups: readonly { name: string }[] | null, none: string): string {
  return groups === null || groups.length === 0 ? none : groups.map(({ name }) => name).join(', ');
}
