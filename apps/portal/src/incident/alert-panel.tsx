import { useQuery } from '@tanstack/react-query';
import type { AlertDetail } from '@throughline/model';
import type { ReactNode } from 'react';
import { Owner } from '../app/owner.tsx';
import { termWords } from '../app/words.ts';
import { EntityBadge } from '../hunting/entity-badge.tsx';
import {
  CodeBlock,
  CopyButton,
  ErrorState,
  KeyValueList,
  Link,
  SeverityMark,
  SidePanel,
  SkeletonRows,
  StateMark,
  TacticStrip,
  Tag,
  Time,
  useLate,
} from '../kit/index.ts';
import { AlertActions } from './alert-actions.tsx';
import { EvidenceFacts } from './evidence-facts.tsx';
import { alertQuery } from './incident-data.ts';
import { WhyLinked } from './why-linked.tsx';

/** One alert: what, when, where from, why it is here, what to do. */
export function AlertPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch, isPending } = useQuery(alertQuery(id));
  const late = useLate(isPending);
  return (
    <SidePanel
      label="Alert"
      title={data ? <span className="wrap-anywhere">{data.alert.title}</span> : 'Alert'}
      width="wide"
      onClose={onClose}
      {...(data && { footer: <AlertActions detail={data} /> })}
    >
      {error && <ErrorState title="The alert could not be loaded" error={error} onRetry={() => void refetch()} />}
      {!data && late && <SkeletonRows rows={6} label="Loading the alert" />}
      {data && <AlertBody detail={data} />}
    </SidePanel>
  );
}

function AlertBody({ detail }: { detail: AlertDetail }) {
  const { alert, link, entities } = detail;
  return (
    <div className="flex flex-col gap-5 p-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <SeverityMark severity={alert.severity} form="word" />
        <StateMark state={alert.status} />
        <span className="text-n10">{alert.productName ?? termWords(alert.serviceSource)}</span>
        <Time value={alert.firstActivityDateTime} form="exact" copyable />
      </p>
      <WhyLinked link={link} />
      {alert.description && (
        <Section title="What happened">
          <p className="whitespace-pre-line wrap-anywhere">{alert.description}</p>
        </Section>
      )}
      {entities.length > 0 && (
        <Section title="Assets and artefacts">
          <ul className="flex flex-wrap gap-x-3">
            {entities.map((entity) => (
              <li key={entity.id} className="flex min-w-0 items-center gap-1">
                <EntityBadge entity={entity} />
                {entity.roles.slice(0, 2).map((role) => (
                  <Tag key={role}>{role}</Tag>
                ))}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {alert.evidence.length > 0 && (
        <Section title={`Evidence ${alert.evidence.length}`}>
          <ul className="flex flex-col gap-3">
            {alert.evidence.map((evidence, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: evidence has no identity but its place in the alert
              <li key={index}>
                <EvidenceFacts evidence={evidence} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {alert.recommendedActions && (
        <Section title="Recommended actions">
          <p className="whitespace-pre-line wrap-anywhere">{alert.recommendedActions}</p>
        </Section>
      )}
      <Section title="Details">
        <KeyValueList items={details(detail)} />
        <div className="pt-2">
          <TacticStrip tactics={alert.tactics} size="large" />
        </div>
      </Section>
      <Section title="Raw record">
        <CodeBlock label="The alert as it is stored" code={JSON.stringify(alert, null, 2)} maxLines={24} />
      </Section>
    </div>
  );
}

function details({ alert, link }: AlertDetail): { key: string; value: ReactNode }[] {
  const rows: [string, ReactNode][] = [
    ['Alert id', <Copied key="id" text={alert.id} />],
    ['Detector', alert.detectorId],
    ...ruleRows(alert),
    ['Source', `${termWords(alert.serviceSource)} · ${termWords(alert.detectionSource)}`],
    ['Category', alert.category],
    ['Techniques', alert.mitreTechniques.length > 0 ? alert.mitreTechniques.join(', ') : null],
    ['Threat', alert.threatDisplayName ?? alert.threatFamilyName],
    ['Actor', alert.actorDisplayName],
    ['Owner', alert.assignedTo === null ? null : <Owner key="owner" assignedTo={alert.assignedTo} />],
    ['Last activity', <Time key="last" value={alert.lastActivityDateTime} form="exact" />],
    ['Linked', <Time key="linked" value={link.decidedDateTime} form="exact" />],
    [
      'First put in',
      link.originIncidentId === link.incidentId ? null : `incident ${link.originIncidentId}, merged since`,
    ],
  ];
  return rows.flatMap(([key, value]) => (value === null || value === '' ? [] : [{ key, value }]));
}

/** Whose rule it was, and the way to it, of an alert that our own detection raised. */
function ruleRows({ serviceSource, additionalData }: AlertDetail['alert']): [string, ReactNode][] {
  if (serviceSource !== 'throughline') return [];
  const rule = additionalData.rule;
  if (typeof rule !== 'object' || rule === null || !('id' in rule) || typeof rule.id !== 'string') return [];
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  return [
    [
      'Rule',
      <Link key="rule" to="/detections/$ruleId" params={{ ruleId: rule.id }}>
        {('title' in rule && text(rule.title)) || rule.id}
      </Link>,
    ],
    ['Rule author', 'author' in rule ? text(rule.author) : null],
    ['Rule licence', 'license' in rule ? text(rule.license) : null],
  ];
}

function Copied({ text }: { text: string }) {
  return (
    <span className="inline-flex items-center gap-1">
      <code className="wrap-anywhere">{text}</code>
      <CopyButton text={text} label="Copy the alert id" />
    </span>
  );
}

/** A heading and what belongs to it, as every panel of the incident uses it. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h3 className="text-12 font-medium text-n9">{title}</h3>
      {children}
    </section>
  );
}
