import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { EntityBadge } from '../hunting/entity-badge.tsx';
import { EmptyState, KeyValueList, SidePanel, Tag, Time, VerdictMark } from '../kit/index.ts';
import { Section } from './alert-panel.tsx';
import { words } from './evidence-words.ts';
import { alertsQuery, evidenceQuery } from './incident-data.ts';

/** One artefact: verdict, facts, the assets it touched and the alerts that saw it. */
export function EvidencePanel({
  id,
  evidenceId,
  onAlert,
  onClose,
}: {
  id: number;
  evidenceId: string;
  onAlert: (alertId: string) => void;
  onClose: () => void;
}) {
  const { data } = useQuery(evidenceQuery(id));
  const alerts = useInfiniteQuery(alertsQuery(id));
  const row = data?.find((each) => each.id === evidenceId);
  const titles = new Map(
    alerts.data?.pages.flatMap((page) => page.items.map((alert) => [alert.id, alert.title] as const)),
  );
  return (
    <SidePanel label="Evidence details" title={row ? <EntityBadge entity={row} /> : 'Not here'} onClose={onClose}>
      {data && !row && (
        <EmptyState title="Not in this incident">
          The address names evidence that none of these alerts holds.
        </EmptyState>
      )}
      {row && (
        <div className="flex flex-col gap-5 p-4">
          <p className="flex flex-wrap items-center gap-3">
            <VerdictMark verdict={row.verdict} />
            {row.roles.map((role) => (
              <Tag key={role}>{role}</Tag>
            ))}
          </p>
          <Section title="Facts">
            <KeyValueList
              items={[
                ...Object.entries(row.details).map(([key, value]) => ({ key, value })),
                { key: 'Remediation', value: row.remediationStatus === 'none' ? 'None' : words(row.remediationStatus) },
                ...(row.remediationStatusDetails
                  ? [{ key: 'Status details', value: row.remediationStatusDetails }]
                  : []),
                ...(row.threats.length > 0 ? [{ key: 'Threats', value: row.threats.join(', ') }] : []),
                { key: 'First seen', value: <Time value={row.firstSeenDateTime} form="exact" copyable /> },
                { key: 'Last seen', value: <Time value={row.lastSeenDateTime} form="exact" copyable /> },
              ]}
            />
          </Section>
          {row.assets.length > 0 && (
            <Section title="Impacted assets">
              <ul className="flex flex-wrap gap-x-3">
                {row.assets.map((asset) => (
                  <li key={asset.id} className="min-w-0">
                    <EntityBadge entity={asset} />
                  </li>
                ))}
              </ul>
            </Section>
          )}
          <Section title={`Seen by ${row.alertIds.length} ${row.alertIds.length === 1 ? 'alert' : 'alerts'}`}>
            <ul className="flex flex-col">
              {row.alertIds.map((alertId) => (
                <li key={alertId}>
                  <button
                    type="button"
                    className="min-h-6 rounded-xs text-left text-accent underline-offset-2 hover:underline"
                    onClick={() => onAlert(alertId)}
                  >
                    {titles.get(alertId) ?? alertId}
                  </button>
                </li>
              ))}
            </ul>
          </Section>
        </div>
      )}
    </SidePanel>
  );
}
