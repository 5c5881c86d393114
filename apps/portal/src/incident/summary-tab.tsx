import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AlertRow, IncidentDetail } from '@throughline/model';
import type { ReactNode } from 'react';
import { classificationWords, determinationWords, termWords } from '../app/words.ts';
import { EntityBadge } from '../hunting/entity-badge.tsx';
import { KeyValueList, Link, ScoreRing, SeverityMark, TacticStrip, Time, Timeline, VerdictMark } from '../kit/index.ts';
import { Section } from './alert-panel.tsx';
import { alertsQuery, assetsQuery, evidenceQuery } from './incident-data.ts';
import type { IncidentTab } from './incident-place.ts';
import { storyOf } from './story.ts';

/** What happened, how far, how sure: the page one reads first. */
export function SummaryTab({ incident, onAlert }: { incident: IncidentDetail; onAlert: (alertId: string) => void }) {
  return (
    <div className="h-full overflow-y-auto">
      <div className="grid gap-x-8 gap-y-6 p-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="flex min-w-0 flex-col gap-6">
          <Section title="What happened">
            <p className="max-w-160 text-16">{incident.description || storyOf(incident)}</p>
            <p className="max-w-160 text-n10">Why now: {incident.reason}</p>
          </Section>
          <Section title="How far along the attack is">
            <TacticStrip tactics={incident.tactics} size="large" />
          </Section>
          <KeyMoments incident={incident} onAlert={onAlert} />
        </div>
        <div className="flex min-w-0 flex-col gap-6">
          <Priority incident={incident} />
          <Scope incident={incident} />
          <Verdicts incident={incident} />
          <Section title="Incident">
            <KeyValueList items={facts(incident)} />
          </Section>
        </div>
      </div>
    </div>
  );
}

function Priority({ incident }: { incident: IncidentDetail }) {
  return (
    <Section title="Priority">
      <div className="flex items-start gap-3">
        <ScoreRing score={incident.priorityScore} size="large" />
        <ul className="min-w-0 flex-1 text-12">
          {incident.factors.map((factor) => (
            <li key={factor.factor} className="flex gap-2">
              <span className="w-8 shrink-0 text-right font-medium">
                {factor.points > 0 ? '+' : ''}
                {Math.round(factor.points)}
              </span>
              <span className="min-w-0">
                {termWords(factor.factor)} <span className="text-n9">{factor.detail}</span>
              </span>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}

/** The first alert of each tactic, then the worst of the rest: at most twelve, in time. */
function keyMoments(alerts: readonly AlertRow[]): AlertRow[] {
  const seen = new Set<string>();
  const firsts = alerts.filter((alert) => {
    const fresh = alert.tactics.some((tactic) => !seen.has(tactic));
    for (const tactic of alert.tactics) seen.add(tactic);
    return fresh;
  });
  const rank = { high: 0, medium: 1, low: 2, informational: 3, unknown: 4 };
  const rest = alerts.filter((alert) => !firsts.includes(alert)).sort((a, b) => rank[a.severity] - rank[b.severity]);
  const chosen = new Set([...firsts, ...rest].slice(0, 12));
  return alerts.filter((alert) => chosen.has(alert));
}

function KeyMoments({ incident, onAlert }: { incident: IncidentDetail; onAlert: (alertId: string) => void }) {
  const { data } = useInfiniteQuery(alertsQuery(incident.id));
  const alerts = data?.pages.flatMap((page) => page.items) ?? [];
  const moments = keyMoments(alerts);
  if (moments.length === 0) return null;
  return (
    <Section
      title={
        moments.length < incident.counts.alerts
          ? `Key moments, ${moments.length} of ${incident.counts.alerts} alerts`
          : 'Alerts in time'
      }
    >
      <Timeline
        label="Key moments"
        items={moments.map((alert) => ({
          id: alert.id,
          time: alert.firstActivityDateTime,
          tone: alert.severity === 'informational' || alert.severity === 'unknown' ? 'plain' : alert.severity,
          title: (
            <button
              type="button"
              className="rounded-xs text-left underline-offset-2 hover:underline"
              onClick={() => onAlert(alert.id)}
            >
              {alert.title}
            </button>
          ),
          detail: (
            <>
              <SeverityMark severity={alert.severity} form="word" /> ·{' '}
              {alert.assets
                .map((asset) => asset.name)
                .slice(0, 3)
                .join(', ') || 'no asset named'}
            </>
          ),
        }))}
      />
      <p>
        <Link to="/incidents/$incidentId/$tab" params={{ incidentId: String(incident.id), tab: 'alerts' }}>
          All {incident.counts.alerts} alerts and why each is here
        </Link>
      </p>
    </Section>
  );
}

const scopes = [
  { kind: 'device', tab: 'devices', word: 'Devices' },
  { kind: 'user', tab: 'users', word: 'Users' },
  { kind: 'mailbox', tab: 'mailboxes', word: 'Mailboxes' },
] as const;

function Scope({ incident }: { incident: IncidentDetail }) {
  return (
    <Section title="Scope">
      {scopes.map(({ kind, tab, word }) => (
        <ScopeOf key={kind} incident={incident} kind={kind} tab={tab} word={word} />
      ))}
    </Section>
  );
}

function ScopeOf({
  incident,
  kind,
  tab,
  word,
}: {
  incident: IncidentDetail;
  kind: 'device' | 'user' | 'mailbox';
  tab: IncidentTab;
  word: string;
}) {
  const count = incident.counts[tab as 'devices' | 'users' | 'mailboxes'];
  const { data = [] } = useQuery({ ...assetsQuery(incident.id, kind), enabled: count > 0 });
  return (
    <div>
      <h4>
        <Link
          to="/incidents/$incidentId/$tab"
          params={{ incidentId: String(incident.id), tab }}
          className="inline-flex min-h-6 items-center"
        >
          {count} {word.toLowerCase()}
        </Link>
      </h4>
      <ul className="flex flex-col">
        {data.slice(0, 4).map((asset) => (
          <li key={asset.id} className="min-w-0">
            <EntityBadge entity={asset} />
          </li>
        ))}
        {data.length > 4 && <li className="text-12 text-n9">and {data.length - 4} more</li>}
      </ul>
    </div>
  );
}

function Verdicts({ incident }: { incident: IncidentDetail }) {
  const { data = [] } = useQuery(evidenceQuery(incident.id));
  const counts = (['malicious', 'suspicious', 'noThreatsFound', 'unknown'] as const)
    .map((verdict) => ({ verdict, count: data.filter((row) => row.verdict === verdict).length }))
    .filter(({ count }) => count > 0);
  if (counts.length === 0) return null;
  return (
    <Section title="Evidence">
      <ul className="flex flex-wrap gap-x-4">
        {counts.map(({ verdict, count }) => (
          <li key={verdict} className="flex gap-1">
            {count} <VerdictMark verdict={verdict} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function facts(incident: IncidentDetail): { key: string; value: ReactNode }[] {
  const rows: [string, ReactNode][] = [
    [
      'Classification',
      incident.classification === 'unknown'
        ? null
        : `${classificationWords[incident.classification]}, ${determinationWords[incident.determination].toLowerCase()}`,
    ],
    ['First activity', <Time key="first" value={incident.firstActivityDateTime} form="short" />],
    ['Last activity', <Time key="last" value={incident.lastActivityDateTime} form="short" />],
    ['Created', <Time key="created" value={incident.createdDateTime} form="short" />],
    ['Device groups', incident.deviceGroups.map(({ name }) => name).join(', ')],
    ['Products', incident.products.join(', ')],
    ['Detection', incident.detectionSources.map(termWords).join(', ')],
    ['Threats', incident.threats.join(', ')],
    ['Merged from', incident.mergedFrom.join(', ')],
    ['Continues', incident.continues === null ? null : `incident ${incident.continues}`],
    ['Continued by', incident.continuedBy === null ? null : `incident ${incident.continuedBy}`],
    ['Resolution', incident.resolvingComment],
    ['Changed by', incident.lastModifiedBy],
  ];
  return rows.flatMap(([key, value]) => (value === null || value === '' ? [] : [{ key, value }]));
}
