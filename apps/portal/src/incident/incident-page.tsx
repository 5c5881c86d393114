import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '../api/error.ts';
import { useLiveEvents } from '../api/live.ts';
import { Banner, ErrorState, Link, LinkButton, Skeleton, SkeletonRows, TabLinks, useLate } from '../kit/index.ts';
import { MergeDialog } from '../rearrange/merge-dialog.tsx';
import { SplitDialog } from '../rearrange/split-dialog.tsx';
import { ActivityTab } from './activity-tab.tsx';
import { AlertPanel } from './alert-panel.tsx';
import { AlertsTab } from './alerts-tab.tsx';
import { AssetPanel } from './asset-panel.tsx';
import { AssetsTab } from './assets-tab.tsx';
import { EvidencePanel } from './evidence-panel.tsx';
import { EvidenceTab } from './evidence-tab.tsx';
import { incidentQuery, refreshIncident } from './incident-data.ts';
import { IncidentHeader } from './incident-header.tsx';
import { panelOf, panelText, tabOf, tabs } from './incident-place.ts';
import { ManagePanel } from './manage-panel.tsx';
import { SummaryTab } from './summary-tab.tsx';

const route = getRouteApi('/shell/incidents/$incidentId/$tab');

/** One incident: what happened, how far it went, what to do now. */
export function IncidentPage() {
  const params = route.useParams();
  const { panel } = route.useSearch();
  const id = Number(params.incidentId);
  const tab = tabOf(params.tab);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: incident, error, refetch, isPending } = useQuery(incidentQuery(id));
  const late = useLate(isPending);
  const [dialog, setDialog] = useState<'merge' | 'split' | null>(null);

  useLiveEvents((events) => {
    const touched = events.some(
      (event) => event.type === 'reset' || ('incidentId' in event && event.incidentId === id),
    );
    if (touched) void refreshIncident(client, id);
  });

  if (error)
    return (
      <main className="h-full overflow-auto">
        <ErrorState
          title={
            isGone(error)
              ? `There is no incident ${params.incidentId}`
              : `Incident ${params.incidentId} could not be loaded`
          }
          error={error}
          {...(isGone(error)
            ? { action: <LinkButton to="/incidents">Back to incidents</LinkButton> }
            : { onRetry: () => void refetch() })}
        />
      </main>
    );
  if (!incident) return late ? <LoadingIncident /> : null;

  const place = panelOf(panel);
  const show = (next: string | undefined) =>
    void navigate({
      to: '/incidents/$incidentId/$tab',
      params: { incidentId: String(id), tab },
      search: next === undefined ? {} : { panel: next },
      replace: panel !== undefined,
    });
  const open = (kind: 'alert' | 'asset' | 'evidence') => (key: string) => show(panelText(kind, key));
  const close = () => show(undefined);
  const survivor = incident.redirectIncidentId ?? id;
  const selected = (kind: string) => (place && place.kind !== 'manage' && place.kind === kind ? place.key : undefined);

  return (
    <main className="flex h-full min-h-0 flex-col">
      <IncidentHeader incident={incident} tab={tab} onManage={() => show('manage')} onDialog={setDialog} />
      {incident.redirectIncidentId !== null && (
        <div className="px-4 pb-2">
          <Banner title={`Incident ${id} was merged into ${incident.redirectIncidentId}`}>
            Its alerts are there now.{' '}
            <Link
              to="/incidents/$incidentId/$tab"
              params={{ incidentId: String(incident.redirectIncidentId), tab: 'summary' }}
            >
              Open incident {incident.redirectIncidentId}
            </Link>
          </Banner>
        </div>
      )}
      <TabLinks
        label="Incident"
        value={tab}
        tabs={tabs.map(({ id: tabId, label, count }) => ({
          id: tabId,
          label,
          count: count?.(incident),
          link: { to: '/incidents/$incidentId/$tab', params: { incidentId: String(id), tab: tabId } },
        }))}
      />
      <div className="flex min-h-0 flex-1">
        <div className="min-h-0 min-w-0 flex-1">
          {tab === 'summary' && <SummaryTab incident={incident} onAlert={open('alert')} />}
          {tab === 'alerts' && <AlertsTab id={id} selected={selected('alert')} onOpen={open('alert')} />}
          {tab === 'devices' && <AssetsTab id={id} kind="device" selected={selected('asset')} onOpen={open('asset')} />}
          {tab === 'users' && <AssetsTab id={id} kind="user" selected={selected('asset')} onOpen={open('asset')} />}
          {tab === 'mailboxes' && (
            <AssetsTab id={id} kind="mailbox" selected={selected('asset')} onOpen={open('asset')} />
          )}
          {tab === 'evidence' && <EvidenceTab id={id} selected={selected('evidence')} onOpen={open('evidence')} />}
          {tab === 'activity' && <ActivityTab id={id} />}
        </div>
        {place?.kind === 'manage' && <ManagePanel incident={incident} onClose={close} />}
        {place?.kind === 'alert' && <AlertPanel key={place.key} id={place.key} onClose={close} />}
        {place?.kind === 'asset' && (tab === 'devices' || tab === 'users' || tab === 'mailboxes') && (
          <AssetPanel id={id} tab={tab} assetId={place.key} onClose={close} />
        )}
        {place?.kind === 'evidence' && (
          <EvidencePanel id={id} evidenceId={place.key} onAlert={open('alert')} onClose={close} />
        )}
      </div>
      {dialog === 'merge' && (
        <MergeDialog
          incidentIds={[survivor]}
          onClose={() => setDialog(null)}
          onDone={(into) => {
            setDialog(null);
            void navigate({ to: '/incidents/$incidentId/$tab', params: { incidentId: String(into), tab } });
          }}
        />
      )}
      {dialog === 'split' && <SplitDialog id={survivor} onClose={() => setDialog(null)} />}
    </main>
  );
}

function LoadingIncident() {
  return (
    <main>
      <div className="flex flex-col gap-3 px-4 py-4">
        <Skeleton className="h-5 w-96 max-w-full" />
        <Skeleton className="w-64" />
      </div>
      <SkeletonRows rows={8} label="Loading the incident" />
    </main>
  );
}

/** Asking again brings nothing: it was never there, is no longer, or is not for this person. */
function isGone(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.status === 410);
}
