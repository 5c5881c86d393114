import { useQuery } from '@tanstack/react-query';
import { type TunedState, type TuningRule, tunedStates } from '@throughline/model';
import { useState } from 'react';
import {
  Banner,
  Button,
  ErrorState,
  Histogram,
  KeyValueList,
  LinkButton,
  PageHeader,
  Tabs,
  Time,
} from '../kit/index.ts';
import { ReleaseDialog } from './release-dialog.tsx';
import { RuleAlerts } from './rule-alerts.tsx';
import { tuningMatchesQuery } from './tuning-api.ts';
import { aboutInWords, actionWords, endsSoon, stopWords, tunedWords } from './tuning-words.ts';

const dayMs = 86_400_000;
const parts = [{ id: 'alerts', label: 'Alerts', fill: 'fill-n7' }];

/** A rule with what became of the alerts it applied to: by day, and one by one. */
export function RuleView({
  rule,
  state,
  onState,
  onEdit,
}: {
  rule: TuningRule;
  state: TunedState | undefined;
  onState: (state: TunedState) => void;
  onEdit: () => void;
}) {
  const matches = useQuery(tuningMatchesQuery(rule.id));
  const [releasing, setReleasing] = useState(false);
  const shown = state ?? (rule.action === 'resolve' ? 'resolved' : 'hidden');
  const hidden = matches.data?.hidden ?? 0;
  return (
    <main className="h-full overflow-auto pb-10">
      <PageHeader
        title={rule.name}
        lead={aboutInWords(rule)}
        actions={
          <>
            <LinkButton to="/settings/tuning" variant="quiet">
              All rules
            </LinkButton>
            <Button onClick={onEdit}>Edit</Button>
            {hidden > 0 && (
              <Button variant="primary" onClick={() => setReleasing(true)}>
                Release {hidden.toLocaleString('en')} {hidden === 1 ? 'alert' : 'alerts'}
              </Button>
            )}
          </>
        }
      />
      <div className="flex flex-col gap-4 px-4 pb-4">
        <RuleState rule={rule} />
        <KeyValueList
          items={[
            { key: 'Action', value: actionWords[rule.action] },
            { key: 'Comment', value: rule.comment === '' ? <span className="text-n9">None</span> : rule.comment },
            { key: 'Ends', value: rule.expiresDateTime?.slice(0, 10) ?? 'Never' },
            {
              key: 'Saved',
              value: (
                <>
                  <Time value={rule.lastUpdateDateTime} form="ago" /> by {rule.lastModifiedBy}
                </>
              ),
            },
          ]}
        />
        {matches.isError ? (
          <ErrorState
            title="The counts could not be loaded"
            error={matches.error}
            onRetry={() => void matches.refetch()}
          />
        ) : (
          matches.data && (
            <section aria-label="By day">
              <Histogram
                label="Alerts a day over the last 30 days"
                buckets={matches.data.days.map(({ date, alerts }) => ({ start: Date.parse(date), counts: { alerts } }))}
                bucketMs={dayMs}
                parts={parts}
                height={48}
                unit="in 30 days"
              />
            </section>
          )
        )}
      </div>
      <Tabs
        label="What became of the alerts"
        tabs={tunedStates.map((id) => ({ id, label: tunedWords[id], count: matches.data?.[id] }))}
        value={shown}
        onChange={(id) => onState(id as TunedState)}
      >
        <RuleAlerts rule={rule} state={shown} />
      </Tabs>
      {releasing && <ReleaseDialog rule={rule} hidden={hidden} onClose={() => setReleasing(false)} />}
    </main>
  );
}

function RuleState({ rule }: { rule: TuningRule }) {
  if (rule.stopped !== null) return <Banner tone="warning">{stopWords[rule.stopped]}</Banner>;
  if (!rule.enabled) return <Banner tone="info">Off: alerts from now on are not touched by it.</Banner>;
  if (endsSoon(rule, Date.now())) return <Banner tone="warning">It ends within a week.</Banner>;
  return null;
}
