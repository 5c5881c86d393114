import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMay, useMe } from '../api/session.ts';
import { NoPermission, PageHeader, Tabs } from '../kit/index.ts';
import { DigestTab } from './digest-tab.tsx';
import { EscalationTab } from './escalation-tab.tsx';
import { MailServerTab } from './mail-server-tab.tsx';
import { MessagesTab } from './messages-tab.tsx';
import { groupsQuery, rulesQuery } from './notifications-api.ts';
import { readNotificationsSearch, type TabName } from './notifications-search.ts';
import { OnCallTab } from './on-call-tab.tsx';
import { OperationsTab } from './operations-tab.tsx';
import { RulesTab } from './rules-tab.tsx';
import { WebhooksTab } from './webhooks-tab.tsx';

const panels = {
  rules: RulesTab,
  operations: OperationsTab,
  server: MailServerTab,
  webhooks: WebhooksTab,
  escalation: EscalationTab,
  'on-call': OnCallTab,
  digest: DigestTab,
  messages: MessagesTab,
};

const wholeTabs: { id: TabName; label: string }[] = [
  { id: 'operations', label: 'Operations' },
  { id: 'server', label: 'Mail server' },
  { id: 'webhooks', label: 'Webhooks' },
  { id: 'escalation', label: 'Escalation' },
  { id: 'on-call', label: 'On-call' },
  { id: 'digest', label: 'Digest' },
  { id: 'messages', label: 'Messages' },
];

/** Who is told about which incidents, by which way, and what became of each message. */
export function NotificationsPage() {
  const { tab: wanted = 'rules' } = useSearch({ from: '/shell/settings/notifications' });
  const navigate = useNavigate();
  const me = useMe();
  const may = useMay('notifications.manage');
  const rules = useQuery({ ...rulesQuery, enabled: may });
  const whole = useQuery({ ...groupsQuery, enabled: may }).data?.all ?? true;
  // The rest concerns everything: people with device groups have rules only.
  const tab = whole ? wanted : 'rules';
  if (me && !may) return <NoPermission permission="notifications.manage" />;
  const Panel = panels[tab];
  return (
    <main className="flex h-full flex-col overflow-auto">
      <PageHeader
        title="Email notifications"
        lead="Who is told about incidents, response actions, threat reports and this server, by rules. What belongs together comes as one thread."
      />
      <Tabs
        label="Email notifications"
        tabs={[{ id: 'rules', label: 'Rules', count: rules.data?.length }, ...(whole ? wholeTabs : [])]}
        value={tab}
        onChange={(id) =>
          void navigate({ to: '/settings/notifications', search: readNotificationsSearch({ tab: id }), replace: true })
        }
        className="flex-1"
      >
        <Panel
          key={tab}
          onTab={(id: TabName) => void navigate({ to: '/settings/notifications', search: { tab: id } })}
        />
      </Tabs>
    </main>
  );
}
