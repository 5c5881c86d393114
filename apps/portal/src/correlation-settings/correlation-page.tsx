import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { CorrelationSettings } from '@throughline/model';
import { useState } from 'react';
import { useMay, useMe } from '../api/session.ts';
import { Button, ErrorState, NoPermission, PageHeader, SkeletonRows, Tabs, Time, useLate } from '../kit/index.ts';
import { correlationQuery } from './correlation-api.ts';
import { readCorrelationSearch } from './correlation-search.ts';
import { changesOf, type Draft, draftOf, isValid, proposalOf } from './draft.ts';
import { ExceptionsTab } from './exceptions-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { HubsTab } from './hubs-tab.tsx';
import { NumbersTab } from './numbers-tab.tsx';
import { Review } from './review.tsx';

/** How alerts are put into incidents here: numbers, hubs, exceptions, and what a change of them would do. */
export function CorrelationPage() {
  const me = useMe();
  const may = useMay('settings.read');
  const settings = useQuery({ ...correlationQuery, enabled: may });
  const late = useLate(settings.isPending);
  if (me && !may) return <NoPermission permission="settings.read" />;
  return (
    <main className="flex h-full min-h-0 flex-col">
      <PageHeader
        title="Correlation"
        lead="How alerts are put into incidents. A change holds from the next alert on; what was decided stays."
      />
      {settings.isError ? (
        <ErrorState
          title="The settings could not be loaded"
          error={settings.error}
          onRetry={() => void settings.refetch()}
        />
      ) : settings.data === undefined ? (
        late && <SkeletonRows rows={6} />
      ) : (
        <Editor key={settings.data.version} settings={settings.data} />
      )}
    </main>
  );
}

function Editor({ settings }: { settings: CorrelationSettings }) {
  const { tab = 'numbers' } = useSearch({ from: '/shell/settings/correlation' });
  const navigate = useNavigate();
  const mayChange = useMay('settings.manage');
  const [draft, setDraft] = useState<Draft>(() => draftOf(settings.choices));
  const [reviewing, setReviewing] = useState(false);
  const { choices, parameters, version } = settings;
  const changes = changesOf(draft, choices, parameters);
  const valid = isValid(draft, parameters);
  const go = (id: string) =>
    void navigate({ to: '/settings/correlation', search: readCorrelationSearch({ tab: id }), replace: true });
  if (reviewing) {
    return (
      <div className="min-h-0 flex-1 overflow-auto">
        <Review
          settings={settings}
          proposed={proposalOf(draft, parameters)}
          changes={changes}
          onBack={() => setReviewing(false)}
          onSaved={() => setReviewing(false)}
        />
      </div>
    );
  }
  return (
    <>
      <p className="px-4 pb-2 text-12 text-n9">
        <InForce settings={settings} />
      </p>
      <Tabs
        label="Correlation"
        tabs={[
          { id: 'numbers', label: 'Numbers' },
          { id: 'hubs', label: 'Hubs' },
          { id: 'exceptions', label: 'Exceptions', count: draft.exceptions.length },
          { id: 'history', label: 'History', count: version },
        ]}
        value={tab}
        onChange={go}
        className="min-h-0 flex-1"
      >
        <div className="h-full overflow-auto">
          {tab === 'numbers' && (
            <NumbersTab parameters={parameters} draft={draft} mayChange={mayChange} onChange={setDraft} />
          )}
          {tab === 'hubs' && <HubsTab draft={draft} mayChange={mayChange} onChange={setDraft} />}
          {tab === 'exceptions' && (
            <ExceptionsTab draft={draft} saved={choices.exceptions} mayChange={mayChange} onChange={setDraft} />
          )}
          {tab === 'history' && (
            <HistoryTab
              version={version}
              parameters={parameters}
              mayChange={mayChange}
              onRestore={(restored) => {
                setDraft(draftOf(restored));
                setReviewing(true);
              }}
            />
          )}
        </div>
      </Tabs>
      {changes.length > 0 && (
        <footer className="hairline flex flex-wrap items-center justify-between gap-2 border-t bg-raised px-4 py-2">
          <p role="status" className="min-w-0 flex-1 truncate">
            <span className="font-medium">{changes.length === 1 ? '1 change' : `${changes.length} changes`}</span>
            <span className="text-n10"> {changes.join(' · ')}</span>
          </p>
          <div className="flex gap-2">
            <Button variant="quiet" onClick={() => setDraft(draftOf(choices))}>
              Discard
            </Button>
            <Button
              variant="primary"
              disabledReason={valid ? undefined : 'A number is not valid'}
              onClick={() => setReviewing(true)}
            >
              Preview and save
            </Button>
          </div>
        </footer>
      )}
    </>
  );
}

function InForce({ settings }: { settings: CorrelationSettings }) {
  const { version, changedBy, changedDateTime, inForceDateTime } = settings;
  if (version === 0 || changedDateTime === null) return 'As shipped: nobody has changed these yet.';
  return (
    <>
      Version {version} by {changedBy} <Time value={changedDateTime} form="ago" />
      {inForceDateTime === null ? (
        ', about to be taken up.'
      ) : (
        <>
          , in force since <Time value={inForceDateTime} form="exact" />.
        </>
      )}
    </>
  );
}
