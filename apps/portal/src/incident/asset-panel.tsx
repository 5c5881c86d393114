import { useQuery } from '@tanstack/react-query';
import { EntityBadge } from '../hunting/entity-badge.tsx';
import { CopyButton, EmptyState, KeyValueList, Link, SidePanel, Time } from '../kit/index.ts';
import { Section } from './alert-panel.tsx';
import { type AssetTab, assetsQuery } from './incident-data.ts';

const kinds: Readonly<Record<'devices' | 'users' | 'mailboxes', AssetTab>> = {
  devices: 'device',
  users: 'user',
  mailboxes: 'mailbox',
};

/** One asset: every name it goes by, what the evidence says of it, where else it shows. */
export function AssetPanel({
  id,
  tab,
  assetId,
  onClose,
}: {
  id: number;
  tab: 'devices' | 'users' | 'mailboxes';
  assetId: string;
  onClose: () => void;
}) {
  const { data } = useQuery(assetsQuery(id, kinds[tab]));
  const asset = data?.find((each) => each.id === assetId);
  return (
    <SidePanel
      label={`${kinds[tab]} details`}
      title={asset ? <EntityBadge entity={asset} /> : 'Not here'}
      onClose={onClose}
    >
      {data && !asset && (
        <EmptyState title="Not in this incident">
          The address names an asset that none of these alerts holds.
        </EmptyState>
      )}
      {asset && (
        <div className="flex flex-col gap-5 p-4">
          <Section title="In this incident">
            <KeyValueList
              items={[
                { key: 'Alerts', value: `${asset.alertsActive} open of ${asset.alertsTotal}` },
                { key: 'First seen', value: <Time value={asset.firstSeenDateTime} form="exact" copyable /> },
                { key: 'Last seen', value: <Time value={asset.lastSeenDateTime} form="exact" copyable /> },
              ]}
            />
          </Section>
          {Object.keys(asset.details).length > 0 && (
            <Section title="Facts from the evidence">
              <KeyValueList items={Object.entries(asset.details).map(([key, value]) => ({ key, value }))} keys="wide" />
            </Section>
          )}
          <Section title="Names it goes by">
            <ul className="flex flex-col gap-1">
              {asset.aliases.map((alias) => (
                <li key={alias} className="flex items-center gap-1">
                  <code className="min-w-0 wrap-anywhere">{alias}</code>
                  <CopyButton text={alias.replace(/^[a-z0-9]+[:~]/, '')} label={`Copy ${alias}`} />
                </li>
              ))}
            </ul>
          </Section>
          <Section title="Also in open incidents">
            {asset.otherIncidents.length === 0 ? (
              <p className="text-n9">None.</p>
            ) : (
              <ul className="flex flex-wrap gap-3">
                {asset.otherIncidents.map((other) => (
                  <li key={other}>
                    <Link to="/incidents/$incidentId/$tab" params={{ incidentId: String(other), tab: 'summary' }}>
                      Incident {other}
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </div>
      )}
    </SidePanel>
  );
}
