import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { GeneralSettings, GeneralSettingsChange } from '@throughline/model';
import { useState } from 'react';
import { organizationQuery } from '../api/organization.ts';
import { useMay, useMe } from '../api/session.ts';
import {
  Banner,
  Button,
  ErrorState,
  NoPermission,
  PageHeader,
  SelectField,
  SkeletonRows,
  TextField,
  Time,
  useLate,
  useToast,
} from '../kit/index.ts';
import { changeGeneral, generalQuery } from './settings-api.ts';
import { ownZone, zoneOptions } from './time-zones.ts';

/** The organisation's name and time zone. */
export function GeneralPage() {
  const me = useMe();
  const may = useMay('settings.read');
  const settings = useQuery({ ...generalQuery, enabled: may });
  const late = useLate(settings.isPending);
  if (me && !may) return <NoPermission permission="settings.read" />;
  return (
    <main className="h-full overflow-auto pb-10">
      <PageHeader title="General" lead="What your organisation is called, and in whose time it works." />
      {settings.isError ? (
        <ErrorState
          title="The settings could not be loaded"
          error={settings.error}
          onRetry={() => void settings.refetch()}
        />
      ) : settings.data === undefined ? (
        late && <SkeletonRows rows={3} />
      ) : (
        <GeneralForm key={settings.data.updatedDateTime} settings={settings.data} />
      )}
    </main>
  );
}

function GeneralForm({ settings }: { settings: GeneralSettings }) {
  const client = useQueryClient();
  const toast = useToast();
  const mayChange = useMay('settings.manage');
  const [name, setName] = useState(settings.organizationName);
  const [zone, setZone] = useState(settings.timeZone ?? ownZone);
  const save = useMutation({
    mutationFn: (change: GeneralSettingsChange) => changeGeneral(change),
    onSuccess: (saved) => {
      client.setQueryData(generalQuery.queryKey, saved);
      void client.invalidateQueries({ queryKey: organizationQuery.queryKey });
      toast({ message: 'Settings saved' });
    },
  });
  const timeZone = zone === ownZone ? null : zone;
  const changed = name.trim() !== settings.organizationName || timeZone !== settings.timeZone;
  const missing = name.trim() === '' ? 'Give your organisation a name' : changed ? undefined : 'Nothing is changed';
  const { updatedDateTime, updatedBy } = settings;
  return (
    <form
      className="flex max-w-120 flex-col gap-4 px-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing === undefined) save.mutate({ organizationName: name.trim(), timeZone, updatedDateTime });
      }}
    >
      {save.isError && (
        <Banner
          tone="failed"
          title="Not saved"
          action={
            <Button size="small" onClick={() => void client.invalidateQueries({ queryKey: generalQuery.queryKey })}>
              Read again
            </Button>
          }
        >
          {save.error.message}
        </Banner>
      )}
      <TextField
        label="Organisation name"
        hint="Stands in mails whose rule includes it, in test mails and in digests."
        required
        maxLength={100}
        value={name}
        disabled={!mayChange}
        onChange={(event) => setName(event.target.value)}
      />
      <SelectField
        label="Time zone"
        hint="Times on screen are in this zone for everybody who has not chosen UTC or local time in the account menu; new digests and on-call schedules begin with it."
        options={zoneOptions()}
        value={zone}
        disabled={!mayChange}
        onChange={setZone}
      />
      <div className="flex items-center justify-between gap-4">
        <p className="text-12 text-n9">
          {updatedBy === 'system' ? (
            'Nobody has changed these yet.'
          ) : (
            <>
              Changed by {updatedBy} <Time value={updatedDateTime} form="ago" />
            </>
          )}
        </p>
        {mayChange && (
          <Button variant="primary" type="submit" busy={save.isPending} disabledReason={missing}>
            Save
          </Button>
        )}
      </div>
    </form>
  );
}
