import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { TuningRule } from '@throughline/model';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useMay, useMe } from '../api/session.ts';
import { alertQuery } from '../incident/incident-data.ts';
import {
  Banner,
  Button,
  EmptyState,
  ErrorState,
  NoPermission,
  PageHeader,
  SkeletonRows,
  Table,
  useLate,
} from '../kit/index.ts';
import { DeleteRuleDialog } from './delete-rule-dialog.tsx';
import { draftOfAlert, draftOfRule, emptyDraft, suggestionsOf } from './rule-draft.ts';
import { RuleEditor } from './rule-editor.tsx';
import { RuleView } from './rule-view.tsx';
import { tuningGroupsQuery, tuningRulesQuery } from './tuning-api.ts';
import { tuningColumns } from './tuning-columns.tsx';
import { readTuningSearch } from './tuning-search.ts';
import { endsSoon, stopWords } from './tuning-words.ts';

const rowKey = ({ id }: TuningRule) => String(id);

/** The rules that hide or resolve alerts as they come in, and their editor. */
export function TuningPage() {
  const search = useSearch({ from: '/shell/settings/tuning' });
  const navigate = useNavigate();
  const me = useMe();
  const may = useMay('tuning.manage');
  const rules = useQuery({ ...tuningRulesQuery, enabled: may });
  const late = useLate(rules.isPending);
  const [deleting, setDeleting] = useState<TuningRule>();
  const columns = useMemo(
    () =>
      tuningColumns(
        (id) => void navigate({ to: '/settings/tuning', search: { rule: id } }),
        (id) => void navigate({ to: '/settings/tuning', search: { show: id } }),
        setDeleting,
      ),
    [navigate],
  );
  if (me && !may) return <NoPermission permission="tuning.manage" />;
  const close = () =>
    void navigate({ to: '/settings/tuning', search: ({ show, tuned }) => readTuningSearch({ show, tuned }) });
  const list = rules.data ?? [];
  const shown = list.find(({ id }) => id === search.show);
  if (shown !== undefined) {
    return (
      <>
        <RuleView
          rule={shown}
          state={search.tuned}
          onState={(tuned) =>
            void navigate({ to: '/settings/tuning', search: { show: shown.id, tuned }, replace: true })
          }
          onEdit={() =>
            void navigate({ to: '/settings/tuning', search: (now) => ({ ...readTuningSearch(now), rule: shown.id }) })
          }
        />
        <Editor search={search} rules={rules.data} onClose={close} />
      </>
    );
  }
  const told = list.filter((rule) => rule.enabled && (rule.stopped !== null || endsSoon(rule, Date.now())));
  const create = (
    <Button
      variant="primary"
      icon={Plus}
      onClick={() => void navigate({ to: '/settings/tuning', search: { rule: 'new' } })}
    >
      Add a rule
    </Button>
  );
  return (
    <main className="h-full overflow-auto pb-10">
      <PageHeader
        title="Alert tuning"
        lead="Rules that hide or resolve alerts as they come in. Of several that match, hiding comes before behaviour, and that before resolving."
        actions={list.length > 0 && create}
      />
      {told.length > 0 && (
        <div className="px-4 pb-3">
          <Banner tone="warning" title={told.length === 1 ? 'A rule asks for you' : `${told.length} rules ask for you`}>
            {told.map((rule) => (
              <span key={rule.id} className="block">
                {rule.name}: {rule.stopped === null ? 'it ends within a week.' : stopWords[rule.stopped]}
              </span>
            ))}
          </Banner>
        </div>
      )}
      {rules.isError ? (
        <ErrorState title="The rules could not be loaded" error={rules.error} onRetry={() => void rules.refetch()} />
      ) : rules.data === undefined ? (
        late && <SkeletonRows rows={4} />
      ) : list.length === 0 ? (
        <EmptyState title="No tuning rules" action={create}>
          Every alert goes to correlation. Make a rule here, or from an alert that is expected.
        </EmptyState>
      ) : (
        <Table
          label="Tuning rules"
          columns={columns}
          rows={list}
          rowKey={rowKey}
          flow
          onOpen={({ id }) => void navigate({ to: '/settings/tuning', search: { rule: id } })}
        />
      )}
      <Editor search={search} rules={rules.data} onClose={close} />
      {deleting && <DeleteRuleDialog rule={deleting} onClose={() => setDeleting(undefined)} />}
    </main>
  );
}

function Editor({
  search,
  rules,
  onClose,
}: {
  search: { rule?: number | 'new'; alert?: string };
  rules: TuningRule[] | undefined;
  onClose: () => void;
}) {
  const may = useMay('tuning.manage');
  const groups = useQuery({ ...tuningGroupsQuery, enabled: may }).data;
  const alert = useQuery({ ...alertQuery(search.alert ?? ''), enabled: search.alert !== undefined }).data;
  if (groups === undefined) return null;
  const own = groups.all ? null : groups.items.map(({ id }) => id);
  if (search.alert !== undefined) {
    if (alert === undefined) return null;
    const suggestions = suggestionsOf(alert);
    return <RuleEditor id={null} start={draftOfAlert(alert, own)} suggestions={suggestions} onClose={onClose} />;
  }
  if (search.rule === 'new') return <RuleEditor id={null} start={emptyDraft(own)} onClose={onClose} />;
  const rule = rules?.find(({ id }) => id === search.rule);
  return rule === undefined ? null : (
    <RuleEditor key={rule.id} id={rule.id} start={draftOfRule(rule)} onClose={onClose} />
  );
}
