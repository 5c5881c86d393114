import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { DetectionDetail } from '@throughline/model';
import { type ReactNode, useId, useMemo, useState } from 'react';
import { useMay, useMe } from '../api/session.ts';
import {
  Banner,
  CodeBlock,
  ErrorState,
  Histogram,
  Link,
  NoPermission,
  SkeletonRows,
  Switch,
  Time,
  useLate,
} from '../kit/index.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { heldWords } from './detection-words.ts';
import { detectionQuery } from './detections-api.ts';
import { ExceptionsSection } from './exceptions-section.tsx';
import { RuleFacts } from './rule-facts.tsx';

const dayMs = 86_400_000;
const parts = [
  { id: 'told', label: 'Told', fill: 'fill-accent-fill' },
  { id: 'excepted', label: 'Excepted', fill: 'fill-n7' },
];

/** One detection rule: what it sees, whose it is, what it did, and what is excepted. */
export function RulePage() {
  const { ruleId } = useParams({ from: '/shell/detections/$ruleId' });
  const me = useMe();
  const may = useMay('incidents.read');
  const { data, error, refetch, isPending } = useQuery({ ...detectionQuery(ruleId), enabled: may });
  const late = useLate(isPending);
  if (me && !may) return <NoPermission permission="incidents.read" />;
  return (
    <main className="h-full overflow-auto px-4 pt-3 pb-10">
      <Link to="/detections" className="text-12">
        All detections
      </Link>
      {error && <ErrorState title="The rule could not be loaded" error={error} onRetry={() => void refetch()} />}
      {!data && late && <SkeletonRows rows={8} label="Loading the rule" />}
      {data && <Rule rule={data} />}
    </main>
  );
}

function Rule({ rule }: { rule: DetectionDetail }) {
  const mayChange = useMay('settings.manage');
  const [changing, setChanging] = useState<'enabled' | 'window'>();
  const buckets = useMemo(
    () =>
      rule.days.map(({ day, matches, excepted }) => ({
        start: Date.parse(`${day}T00:00:00Z`),
        counts: { told: matches - excepted, excepted },
      })),
    [rule.days],
  );
  return (
    <div className="flex max-w-300 flex-col gap-5">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <h1 className="min-w-0 text-20 font-semibold wrap-anywhere">{rule.title}</h1>
        <Switch
          checked={rule.enabled}
          disabled={!mayChange}
          onChange={() => setChanging('enabled')}
          label={rule.enabled ? 'The rule is on' : 'The rule is off'}
          hint={rule.reason === '' ? undefined : rule.reason}
        />
      </header>
      {rule.held !== null && (
        <Banner tone="warning" title="Held back">
          {heldWords(rule.held)} Until <Time value={rule.held.untilDateTime} form="short" />.
        </Banner>
      )}
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,1fr)_400px]">
        <div className="flex min-w-0 flex-col gap-5">
          <Part title="What it sees">
            <p className="whitespace-pre-line wrap-anywhere">
              {rule.description === '' ? 'The rule does not say.' : rule.description.trim()}
            </p>
            {rule.recommendation !== '' && <p className="wrap-anywhere">What to do: {rule.recommendation}</p>}
            {rule.falsePositives.length > 0 && (
              <p className="text-n10">Known harmless causes: {rule.falsePositives.join('; ')}</p>
            )}
          </Part>
          <Part title="Matches by day">
            <p className="text-n10">
              In 30 days {words(rule.matches, 'match', 'matches')}: {words(rule.alerts, 'alert', 'alerts')},{' '}
              {rule.folded.toLocaleString('en')} added to alerts there were, {rule.excepted.toLocaleString('en')}{' '}
              excepted
              {rule.throttled > 0 && `, ${rule.throttled.toLocaleString('en')} not told while held back`}.
            </p>
            {rule.matches > 0 && (
              <Histogram
                label="Matches by day (UTC) over the last 30 days"
                buckets={buckets}
                bucketMs={dayMs}
                parts={parts}
                unit="in 30 days"
                height={72}
              />
            )}
          </Part>
          <ExceptionsSection rule={rule} mayChange={mayChange} />
          <Part title="The rule">
            <CodeBlock label="The rule as it is written" code={rule.text} maxLines={40} />
          </Part>
        </div>
        <aside aria-label="About the rule" className="min-w-0 max-lg:order-first">
          <RuleFacts rule={rule} onWindow={mayChange ? () => setChanging('window') : undefined} />
        </aside>
      </div>
      {changing && <ChangeDialog rule={rule} about={changing} onClose={() => setChanging(undefined)} />}
    </div>
  );
}

function words(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h2 id={id} className="text-16 font-semibold">
        {title}
      </h2>
      {children}
    </section>
  );
}
