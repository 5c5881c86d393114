import type { ReplayComparison, ReplayCounts, ReplayedIncident } from '@throughline/model';
import { Banner, Link, Time } from '../kit/index.ts';

const buckets = ['1 alert', '2 to 5 alerts', '6 to 20 alerts', '21 to 100 alerts', 'more than 100 alerts'];

/** What a replay found: incidents before and after, which split, which join. */
export function ComparisonView({ comparison }: { comparison: ReplayComparison }) {
  const { alerts, available, cut, firstDateTime, lastDateTime, before, after, splits, joins } = comparison;
  const count = (value: number) => value.toLocaleString('en');
  return (
    <div className="flex flex-col gap-6">
      <p className="text-n10">
        {count(alerts)} {alerts === 1 ? 'alert was' : 'alerts were'} decided twice, each time from nothing
        {firstDateTime !== null && lastDateTime !== null && (
          <>
            , from <Time value={firstDateTime} form="exact" /> to <Time value={lastDateTime} form="exact" />
          </>
        )}
        . Merges, moves and verdicts of people are not repeated, so “before” may differ from the incidents of today.
      </p>
      {cut === 'alerts' && (
        <Banner tone="warning">
          Only the newest {count(alerts)} of {count(available)} alerts of these 30 days were replayed.
        </Banner>
      )}
      {cut === 'time' && (
        <Banner tone="warning">
          The time was up: the oldest {count(alerts)} of {count(available)} alerts were replayed.
        </Banner>
      )}
      <Figures before={before} after={after} />
      <Changed
        title="Incidents that split"
        none="No incident splits."
        total={splits.total}
        items={splits.items.map(({ from, into, further }) => ({ whole: from, parts: into, further }))}
        verb="into"
      />
      <Changed
        title="Incidents that join"
        none="No incidents join."
        total={joins.total}
        items={joins.items.map(({ into, from, further }) => ({ whole: into, parts: from, further }))}
        verb="from"
        wholeIsNew
      />
    </div>
  );
}

function Figures({ before, after }: { before: ReplayCounts; after: ReplayCounts }) {
  const rows: [string, number, number][] = [
    ['Incidents', before.incidents, after.incidents],
    ...buckets.map((bucket, at): [string, number, number] => [
      `– of ${bucket}`,
      before.sizes[at] ?? 0,
      after.sizes[at] ?? 0,
    ]),
    ['Largest, alerts', before.largest, after.largest],
    ['Groups of expected background', before.groups, after.groups],
    ['Alerts in them', before.backgroundAlerts, after.backgroundAlerts],
  ];
  return (
    <table className="w-full max-w-140 tabular-nums">
      <caption className="sr-only">Incidents before and after</caption>
      <thead>
        <tr className="text-12 text-n9">
          <th scope="col" className="py-1 text-left font-normal">
            In the replay
          </th>
          <th scope="col" className="w-20 text-right font-normal">
            Before
          </th>
          <th scope="col" className="w-20 text-right font-normal">
            After
          </th>
          <th scope="col" className="w-20 text-right font-normal">
            Change
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, was, becomes]) => (
          <tr key={label} className="hairline border-t">
            <th
              scope="row"
              className={`py-1 text-left ${label.startsWith('–') ? 'pl-3 font-normal text-n10' : 'font-medium'}`}
            >
              {label.replace('– ', '')}
            </th>
            <td className="text-right">{was.toLocaleString('en')}</td>
            <td className="text-right">{becomes.toLocaleString('en')}</td>
            <td className={`text-right ${was === becomes ? 'text-n9' : 'font-medium'}`}>
              {was === becomes ? '0' : `${becomes > was ? '+' : '−'}${Math.abs(becomes - was).toLocaleString('en')}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface ChangedProps {
  title: string;
  none: string;
  total: number;
  items: readonly { whole: ReplayedIncident; parts: readonly ReplayedIncident[]; further: number }[];
  verb: string;
  /** The whole exists in the replay only. */
  wholeIsNew?: boolean;
}

function Changed({ title, none, total, items, verb, wholeIsNew = false }: ChangedProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h3 className="font-semibold">
        {title} <span className="font-normal text-n9">{total.toLocaleString('en')}</span>
      </h3>
      {total === 0 && <p className="text-n10">{none}</p>}
      {total > items.length && <p className="text-12 text-n9">The {items.length} largest are listed.</p>}
      <ol className="flex flex-col">
        {items.map(({ whole, parts, further }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a comparison never changes
          <li key={at} className="hairline border-t py-2">
            <Told incident={whole} linked={!wholeIsNew} />
            <p className="pl-22 text-12 text-n9">{verb}</p>
            <ul className="flex flex-col">
              {parts.map((part, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a comparison never changes
                <li key={place}>
                  <Told incident={part} linked={wholeIsNew} />
                </li>
              ))}
              {further > 0 && <li className="pl-22 text-n10">and {further.toLocaleString('en')} more</li>}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Told({
  incident: { incidentId, title, background, alerts },
  linked,
}: {
  incident: ReplayedIncident;
  linked: boolean;
}) {
  return (
    <p className="flex min-w-0 items-baseline gap-2">
      <span className="w-20 shrink-0 text-right text-12 text-n9 tabular-nums">
        {alerts.toLocaleString('en')} {alerts === 1 ? 'alert' : 'alerts'}
      </span>
      <span className="min-w-0 truncate" title={title}>
        {linked && incidentId !== null ? (
          <Link to="/incidents/$incidentId/$tab" params={{ incidentId: String(incidentId), tab: 'summary' }}>
            {title}
          </Link>
        ) : (
          title
        )}
      </span>
      {background && <span className="shrink-0 text-12 text-n9">expected background</span>}
    </p>
  );
}
