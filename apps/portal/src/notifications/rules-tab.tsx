import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { NotificationRule } from '@throughline/model';
import { Ellipsis, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { severityWords, termWords } from '../app/words.ts';
import {
  Banner,
  Button,
  type Column,
  EmptyState,
  ErrorState,
  IconButton,
  Menu,
  SkeletonRows,
  Switch,
  Table,
  Time,
  useLate,
  useToast,
} from '../kit/index.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { changeRule, deleteRule, mailServerQuery, notificationsKey, rulesQuery } from './notifications-api.ts';
import type { TabName } from './notifications-search.ts';
import { RuleWizard } from './rule-wizard.tsx';

const rowKey = (rule: NotificationRule) => String(rule.id);

/** The rules, and the wizard that writes them. */
export function RulesTab({ onTab }: { onTab: (tab: TabName) => void }) {
  const rules = useQuery(rulesQuery);
  const server = useQuery(mailServerQuery);
  const late = useLate(rules.isPending);
  const [editing, setEditing] = useState<NotificationRule | 'new'>();
  const [deleting, setDeleting] = useState<NotificationRule>();
  const columns = useMemo(() => ruleColumns(setEditing, setDeleting), []);
  const create = (
    <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>
      Add a rule
    </Button>
  );
  const noServer = server.data === null && (rules.data ?? []).some(({ recipients }) => recipients.length > 0);
  return (
    <div className="flex flex-col">
      {noServer && (
        <div className="px-4 pt-3">
          <Banner
            tone="warning"
            action={
              <Button size="small" onClick={() => onTab('server')}>
                Set it up
              </Button>
            }
          >
            No mail server is set up: mails wait for a day, then become dead letters.
          </Banner>
        </div>
      )}
      {(rules.data?.length ?? 0) > 0 && <div className="flex justify-end px-4 py-2">{create}</div>}
      <div className={(rules.data?.length ?? 0) > 0 ? 'hairline border-t' : ''}>
        {rules.isError ? (
          <ErrorState title="The rules could not be loaded" error={rules.error} onRetry={() => void rules.refetch()} />
        ) : rules.isPending ? (
          late && <SkeletonRows rows={4} />
        ) : rules.data.length === 0 ? (
          <EmptyState title="No rules yet" action={create}>
            Nobody is told about incidents. A rule says about which ones, and whom.
          </EmptyState>
        ) : (
          <Table
            label="Notification rules"
            columns={columns}
            rows={rules.data}
            rowKey={rowKey}
            flow
            onOpen={setEditing}
          />
        )}
      </div>
      {editing !== undefined && (
        <RuleWizard
          {...(editing === 'new' ? {} : { rule: editing })}
          onClose={() => setEditing(undefined)}
          onTab={onTab}
        />
      )}
      {deleting && (
        <DeleteDialog
          what="rule"
          name={deleting.name}
          remove={() => deleteRule(deleting.id)}
          onClose={() => setDeleting(undefined)}
        >
          Its messages that still wait are discarded. What was sent stays in the list of messages. This cannot be
          undone.
        </DeleteDialog>
      )}
    </div>
  );
}

function ruleColumns(
  onEdit: (rule: NotificationRule) => void,
  onDelete: (rule: NotificationRule) => void,
): Column<NotificationRule>[] {
  return [
    { id: 'enabled', header: 'On', width: '56px', cell: (rule) => <Enabled rule={rule} /> },
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(120px, 1fr)',
      cell: (rule) => (
        <button
          type="button"
          onClick={() => onEdit(rule)}
          className="block max-w-full truncate rounded-xs text-left font-medium underline-offset-2 hover:underline"
          title={rule.name}
        >
          {rule.name}
        </button>
      ),
    },
    {
      id: 'when',
      header: 'Alerts',
      width: 'minmax(140px, 1fr)',
      from: 720,
      cell: (rule) => <span className="block truncate text-n10">{whenWords(rule)}</span>,
    },
    {
      id: 'whom',
      header: 'Recipients',
      width: 'minmax(120px, 1fr)',
      from: 560,
      cell: (rule) => (
        <span className="block truncate text-n10" title={rule.recipients.join(', ')}>
          {whomWords(rule)}
        </span>
      ),
    },
    {
      id: 'last',
      header: 'Last told',
      width: '88px',
      from: 460,
      cell: (rule) =>
        rule.lastNoticeDateTime === null ? (
          <span className="text-n9">Never</span>
        ) : (
          <Time value={rule.lastNoticeDateTime} form="ago" />
        ),
    },
    {
      id: 'menu',
      header: 'Actions',
      headerHidden: true,
      width: '48px',
      align: 'end',
      cell: (rule) => (
        <Menu
          align="end"
          trigger={<IconButton label={`Actions of ${rule.name}`} icon={Ellipsis} size="small" />}
          entries={[
            { label: 'Edit', onSelect: () => onEdit(rule) },
            { label: 'Delete', danger: true, onSelect: () => onDelete(rule) },
          ]}
        />
      ),
    },
  ];
}

function Enabled({ rule }: { rule: NotificationRule }) {
  const client = useQueryClient();
  const toast = useToast();
  const change = useMutation({
    mutationFn: (enabled: boolean) => changeRule(rule.id, { enabled }),
    onSuccess: ({ name, enabled }) => toast({ message: `${name} is ${enabled ? 'on' : 'off'}` }),
    onError: (error) => toast({ tone: 'failed', message: `Not changed: ${error.message}` }),
    onSettled: () => client.invalidateQueries({ queryKey: notificationsKey }),
  });
  const shown = change.isPending ? change.variables : rule.enabled;
  return (
    <Switch
      checked={shown}
      disabled={change.isPending}
      onChange={(enabled) => change.mutate(enabled)}
      label={<span className="sr-only">{rule.name} is on</span>}
    />
  );
}

/** "High, Medium of all sources". */
export function whenWords({ severities, sources }: Pick<NotificationRule, 'severities' | 'sources'>): string {
  const words = severities
    .toReversed()
    .map((severity) => severityWords[severity])
    .join(', ');
  if (sources === null) return `${words} of all sources`;
  const names = sources.map(({ serviceSource, detectionSource }) =>
    detectionSource === null ? termWords(serviceSource) : `${termWords(serviceSource)}: ${termWords(detectionSource)}`,
  );
  return `${words} of ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}

/** "ada@example.com and 2 more, 1 webhook". */
export function whomWords({ recipients, webhooks }: Pick<NotificationRule, 'recipients' | 'webhooks'>): string {
  const [first] = recipients;
  const mails =
    first === undefined ? [] : [recipients.length === 1 ? first : `${first} and ${recipients.length - 1} more`];
  const hooks = webhooks.length === 0 ? [] : [`${webhooks.length} webhook${webhooks.length === 1 ? '' : 's'}`];
  return [...mails, ...hooks].join(', ');
}
