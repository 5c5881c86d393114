import { useQuery } from '@tanstack/react-query';
import { type NotificationRule, type RuleGroups, type RuleKind, ruleKinds } from '@throughline/model';
import { Ellipsis, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { RuleSwitch } from '../app/rule-switch.tsx';
import {
  Banner,
  Button,
  type Column,
  EmptyState,
  ErrorState,
  IconButton,
  Menu,
  SkeletonRows,
  Table,
  Time,
  useLate,
} from '../kit/index.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import {
  changeRule,
  deleteRule,
  groupsQuery,
  mailServerQuery,
  notificationsKey,
  rulesQuery,
} from './notifications-api.ts';
import type { TabName } from './notifications-search.ts';
import { RuleWizard } from './rule-wizard.tsx';
import { aboutWords, countsWords, kindNames, stopWords, whenWords, whomWords } from './rule-words.ts';

const rowKey = (rule: NotificationRule) => String(rule.id);

/** The rules, and the wizard that writes them. */
export function RulesTab({ onTab }: { onTab: (tab: TabName) => void }) {
  const rules = useQuery(rulesQuery);
  const groups = useQuery(groupsQuery);
  const whole = groups.data?.all ?? false;
  const server = useQuery({ ...mailServerQuery, enabled: whole });
  const late = useLate(rules.isPending);
  const [editing, setEditing] = useState<NotificationRule | RuleKind>();
  const [deleting, setDeleting] = useState<NotificationRule>();
  const known = groups.data?.items;
  const columns = useMemo(() => ruleColumns(setEditing, setDeleting, known ?? []), [known]);
  const kinds = ruleKinds.filter((kind) => whole || kind === 'incident' || kind === 'action');
  const stopped = (rules.data ?? []).filter((rule) => rule.stopped !== null);
  const create = (
    <Menu
      align="end"
      trigger={
        <Button variant="primary" icon={Plus}>
          Add a rule
        </Button>
      }
      entries={['About', ...kinds.map((kind) => ({ label: kindNames[kind], onSelect: () => setEditing(kind) }))]}
    />
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
      {stopped.length > 0 && (
        <div className="px-4 pt-3">
          <Banner
            tone="warning"
            title={stopped.length === 1 ? 'A rule is stopped' : `${stopped.length} rules are stopped`}
          >
            {stopped.map(({ name }) => name).join(', ')}: whoever saved {stopped.length === 1 ? 'it' : 'them'} last may
            not do or see that any more. Open and save {stopped.length === 1 ? 'it' : 'each'} to take it over.
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
          {...(typeof editing === 'string' ? { kind: editing } : { rule: editing, kind: editing.kind })}
          allGroups={whole}
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
  groups: RuleGroups['items'],
): Column<NotificationRule>[] {
  return [
    {
      id: 'enabled',
      header: 'On',
      width: '56px',
      cell: (rule) => (
        <RuleSwitch rule={rule} change={(enabled) => changeRule(rule.id, { enabled })} queryKey={notificationsKey} />
      ),
    },
    {
      id: 'name',
      header: 'Name',
      width: 'minmax(140px, 1fr)',
      cell: (rule) => (
        <span className="block leading-tight">
          <button
            type="button"
            onClick={() => onEdit(rule)}
            className="block max-w-full truncate rounded-xs text-left font-medium underline-offset-2 hover:underline"
            title={rule.name}
          >
            {rule.name}
          </button>
          <span className="block truncate text-12 text-n9">{aboutWords(rule, groups)}</span>
        </span>
      ),
    },
    {
      id: 'when',
      header: 'Which',
      width: 'minmax(140px, 1fr)',
      from: 900,
      cell: (rule) => (
        <span className="block truncate text-n10" title={whenWords(rule)}>
          {whenWords(rule)}
        </span>
      ),
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
      id: 'counts',
      header: 'In 30 days',
      width: 'minmax(160px, 1.5fr)',
      from: 820,
      cell: ({ stopped: why, counts, kind }) =>
        why !== null ? (
          <span className="block truncate text-n11" title={stopWords[why]}>
            Stopped
          </span>
        ) : kind === 'operations' ? (
          <span className="text-n9">See Operations</span>
        ) : (
          <span className="line-clamp-2 text-12 leading-tight text-n10" title={countsWords(counts)}>
            {countsWords(counts)}
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
