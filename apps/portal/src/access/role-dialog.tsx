import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type AccessRole, type Grant, type GrantLevel, grantGroups, type LimitedAssignment } from '@throughline/model';
import { useState } from 'react';
import { Button, Checkbox, FormDialog, TextField, useToast } from '../kit/index.ts';
import { accessKey, assignRole, deleteRole, type People, saveRole } from './access-api.ts';
import { LimitedField, lackOf } from './limited-field.tsx';
import { PeopleField } from './people-field.tsx';

type Area = { label: string; levels: readonly GrantLevel[] };

/** Shows a role and whom it is assigned to; makes one, or changes one made here. */
export function RoleDialog({ role, onClose }: { role?: AccessRole; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const fixed = role?.builtIn ?? false;
  const [name, setName] = useState(role?.name ?? '');
  const [chosen, setChosen] = useState<readonly Grant[]>(role?.grants ?? []);
  const [people, setPeople] = useState<People>(role ?? { accountIds: [], userGroupIds: [] });
  const [limited, setLimited] = useState<readonly LimitedAssignment[]>(role?.limited ?? []);
  const done = async (message: string) => {
    await client.invalidateQueries({ queryKey: accessKey });
    onClose();
    toast({ message });
  };
  const save = useMutation({
    mutationFn: async () => {
      const body = { name: name.trim(), description: role?.description ?? '', grants: chosen };
      const saved = role?.builtIn ? role : await saveRole(role?.key, body);
      return assignRole(saved.key, people, limited);
    },
    onSuccess: (saved) => done(`Role ${saved.name} saved`),
  });
  const remove = useMutation({
    mutationFn: (key: string) => deleteRole(key),
    onSuccess: () => done(`Role ${name} deleted`),
  });
  const missing =
    name.trim() === '' ? 'Give it a name first' : chosen.length === 0 ? 'Choose what it allows first' : lackOf(limited);
  const error = save.error ?? remove.error;
  return (
    <FormDialog
      title={role === undefined ? 'Add a role' : role.name}
      width="wide"
      missing={missing}
      busy={save.isPending}
      error={error}
      extra={
        role !== undefined &&
        !fixed && (
          <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate(role.key)}>
            Delete
          </Button>
        )
      }
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      {fixed ? (
        <p className="text-n10">{role?.description} A built-in role stays as it is.</p>
      ) : (
        <TextField
          label="Name"
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      <PeopleField label="Assigned to" hint="For all data sources." value={people} onChange={setPeople} />
      <LimitedField value={limited} onChange={setLimited} />
      {Object.entries(grantGroups).map(([id, { label, areas }]) => (
        <fieldset key={id} className="flex flex-col gap-1">
          <legend className="mb-1 font-medium">{label}</legend>
          {Object.entries(areas as Record<string, Area>).map(([area, { label: name, levels }]) => (
            <div key={area} className="flex items-center justify-between gap-4">
              <span className="text-n10">{name}</span>
              <span className="flex gap-4">
                {levels.map((level) => (
                  <GrantBox
                    key={level}
                    grant={`${area}.${level}` as Grant}
                    level={level}
                    area={name}
                    chosen={chosen}
                    disabled={fixed}
                    onChange={setChosen}
                  />
                ))}
              </span>
            </div>
          ))}
        </fieldset>
      ))}
    </FormDialog>
  );
}

interface GrantBoxProps {
  grant: Grant;
  level: GrantLevel;
  area: string;
  chosen: readonly Grant[];
  disabled: boolean;
  onChange: (chosen: Grant[]) => void;
}

function GrantBox({ grant, level, area, chosen, disabled, onChange }: GrantBoxProps) {
  return (
    <Checkbox
      checked={chosen.includes(grant)}
      disabled={disabled}
      label={
        <>
          {level === 'read' ? 'Read' : 'Manage'}
          <span className="sr-only"> {area}</span>
        </>
      }
      onChange={(on) => onChange(on ? [...chosen, grant] : chosen.filter((each) => each !== grant))}
    />
  );
}
