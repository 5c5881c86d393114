import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SourceScope } from '@throughline/model';
import { useState } from 'react';
import { Banner, Button, useToast } from '../kit/index.ts';
import { accessKey, accountSourcesQuery, setAccountSources } from './access-api.ts';
import { SourceScopeField } from './source-scope-field.tsx';
import { sourceWords } from './source-words.ts';

interface OwnRoleSourcesProps {
  account: { id: number; displayName: string };
  /** Why it cannot be changed. */
  disabledReason: string | undefined;
}

const all: SourceScope = { mode: 'all', sources: [] };

/** Says for which data sources an account has the role of its own. */
export function OwnRoleSources({ account, disabledReason }: OwnRoleSourcesProps) {
  const limits = useQuery(accountSourcesQuery);
  if (limits.isError) return <p className="text-high">The data sources could not be read: {limits.error.message}</p>;
  if (limits.data === undefined) return null;
  const known = limits.data.find(({ accountId }) => accountId === account.id)?.sources ?? all;
  return (
    <section aria-labelledby="own-role-sources" className="flex flex-col gap-3">
      <h2 id="own-role-sources" className="font-medium">
        Data sources of its own role
      </h2>
      {disabledReason === undefined ? (
        <SourcesForm key={JSON.stringify(known)} account={account} known={known} />
      ) : (
        <p>{capital(sourceWords(known))}.</p>
      )}
    </section>
  );
}

function SourcesForm({ account, known }: { account: OwnRoleSourcesProps['account']; known: SourceScope }) {
  const client = useQueryClient();
  const toast = useToast();
  const [value, setValue] = useState(known);
  const save = useMutation({
    mutationFn: () => setAccountSources(account.id, value),
    onSuccess: () => {
      toast({ message: `The role of ${account.displayName} is for ${sourceWords(value)}` });
      return client.invalidateQueries({ queryKey: accessKey });
    },
  });
  const same = value.mode === known.mode && String([...value.sources].sort()) === String([...known.sources].sort());
  const missing =
    value.mode !== 'all' && value.sources.length === 0
      ? 'Name a source first'
      : same
        ? 'Nothing is changed'
        : undefined;
  return (
    <form
      aria-label="Change the data sources"
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === undefined) save.mutate();
      }}
    >
      {save.isError && <Banner tone="failed">{save.error.message}</Banner>}
      <SourceScopeField
        withAll
        label="Holds for"
        hint="Roles assigned beside it say for themselves for which sources they are."
        value={value}
        onChange={setValue}
      />
      <div>
        <Button type="submit" busy={save.isPending} disabledReason={missing}>
          Save sources
        </Button>
      </div>
    </form>
  );
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
