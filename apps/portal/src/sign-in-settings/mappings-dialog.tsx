import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SignInMapping, SignInProvider } from '@throughline/model';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { rolesQuery, userGroupsQuery } from '../access/access-api.ts';
import { useMay } from '../api/session.ts';
import { Banner, Button, Dialog, IconButton, SelectField, TextField, useToast } from '../kit/index.ts';
import { giftOptions, giftWord, type MappingDraft, mappingsOf } from './mapping-draft.ts';
import { mappingsQuery, saveMappings, signInKey } from './sso-api.ts';

/** What the values of a provider's groups claim give. */
export function MappingsDialog({ provider, onClose }: { provider: SignInProvider; onClose: () => void }) {
  const mappings = useQuery({ ...mappingsQuery(provider.id), staleTime: 0, gcTime: 0 });
  const title = `Mappings of ${provider.name}`;
  if (mappings.data !== undefined) return <Editor {...{ provider, title, onClose }} stored={mappings.data} />;
  return (
    <Dialog open onClose={onClose} width="wide" title={title}>
      {mappings.isError && <Banner tone="failed">{mappings.error.message}</Banner>}
    </Dialog>
  );
}

interface EditorProps {
  provider: SignInProvider;
  title: string;
  stored: readonly SignInMapping[];
  onClose: () => void;
}

function Editor({ provider, title, stored, onClose }: EditorProps) {
  const client = useQueryClient();
  const toast = useToast();
  const mayChange = useMay('access.manage');
  const roles = useQuery(rolesQuery);
  const groups = useQuery(userGroupsQuery);
  const [rows, setRows] = useState<readonly MappingDraft[]>(() =>
    stored.map(({ value, gives }, key) => ({ key, value, gift: giftWord(gives) })),
  );
  const options = giftOptions(roles.data ?? [], groups.data ?? []);
  const save = useMutation({
    mutationFn: () => saveMappings(provider.id, mappingsOf(rows)),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: signInKey });
      onClose();
      toast({ message: 'Mappings saved' });
    },
  });
  const set = (key: number, change: Partial<MappingDraft>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
  return (
    <Dialog
      open
      onClose={onClose}
      width="wide"
      title={title}
      onSubmit={() => mayChange && save.mutate()}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            {mayChange ? 'Cancel' : 'Close'}
          </Button>
          {mayChange && (
            <Button variant="primary" type="submit" busy={save.isPending}>
              Save
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {save.isError && <Banner tone="failed">{save.error.message}</Banner>}
        <p className="text-n10">
          Each value of the claim <code>{provider.groupsClaim}</code> can give one thing a line. They hold from
          everybody’s next sign-in; what was given by hand stays. Groups of people have device groups, and so a scope.
        </p>
        {rows.map(({ key, value, gift }, index) => (
          <div key={key} className="flex flex-wrap items-end gap-2">
            <TextField
              label={`Value ${index + 1}`}
              className="min-w-0 flex-1 basis-40"
              maxLength={500}
              value={value}
              disabled={!mayChange}
              onChange={(event) => set(key, { value: event.target.value })}
            />
            <SelectField
              label={`Value ${index + 1} gives`}
              className="min-w-0 flex-1 basis-52"
              options={options}
              value={gift}
              disabled={!mayChange}
              onChange={(chosen) => set(key, { gift: chosen })}
            />
            {mayChange && (
              <IconButton
                icon={Trash2}
                label={`Remove line ${index + 1}`}
                onClick={() => setRows(rows.filter((row) => row.key !== key))}
              />
            )}
          </div>
        ))}
        {mayChange && (
          <Button
            icon={Plus}
            className="self-start"
            onClick={() =>
              setRows([
                ...rows,
                { key: 1 + Math.max(-1, ...rows.map((row) => row.key)), value: '', gift: 'role:reader' },
              ])
            }
          >
            Add a line
          </Button>
        )}
      </div>
    </Dialog>
  );
}
