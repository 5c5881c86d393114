import { useQuery } from '@tanstack/react-query';
import type { IncidentDetail, IncidentRow } from '@throughline/model';
import { ChevronDown, ChevronUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { evidenceQuery, incidentQuery } from '../api/incidents.ts';
import { EntityBadge } from '../hunting/entity-badge.tsx';
import { storyOf } from '../incident/story.ts';
import {
  ErrorState,
  IconButton,
  Link,
  ScopeCounts,
  SeverityMark,
  SidePanel,
  Skeleton,
  StateMark,
  TacticStrip,
  Tag,
  Time,
  useLate,
  VerdictMark,
} from '../kit/index.ts';
import { ManageForm } from '../manage/manage-form.tsx';
import { PriorityFactors } from './priority-factors.tsx';

export interface IncidentPanelProps {
  id: number;
  /** What the list already knows, shown until the rest arrives. */
  row: IncidentRow | undefined;
  /** Its index among the loaded rows, -1 when it is not one of them. */
  place: number;
  count: number;
  onStep: (step: number) => void;
  onClose: () => void;
  onFilterEntity: (entity: string) => void;
}

/** Enough of an incident to decide what to do with it, beside the queue. */
export function IncidentPanel({ id, row, place, count, onStep, onClose, onFilterEntity }: IncidentPanelProps) {
  const detail = useQuery(incidentQuery(id));
  const shown = detail.data ?? row;
  return (
    <SidePanel
      label={`Incident ${id}`}
      title={
        <Link
          to="/incidents/$incidentId/$tab"
          params={{ incidentId: String(id), tab: 'summary' }}
          tone="plain"
          className="line-clamp-2 leading-5"
        >
          <span className="font-normal text-n9">{id}</span> {shown?.displayName ?? ''}
        </Link>
      }
      onClose={onClose}
      actions={
        <>
          <IconButton
            label="Previous incident"
            shortcut="K"
            icon={ChevronUp}
            disabled={place <= 0}
            onClick={() => onStep(-1)}
          />
          <IconButton
            label="Next incident"
            shortcut="J"
            icon={ChevronDown}
            disabled={place === -1 || place >= count - 1}
            onClick={() => onStep(1)}
          />
        </>
      }
    >
      {shown && <Facts row={shown} />}
      {detail.isError && !shown && (
        <ErrorState
          title="The incident could not be loaded"
          error={detail.error}
          onRetry={() => void detail.refetch()}
        />
      )}
      {detail.data ? (
        <Details detail={detail.data} onFilterEntity={onFilterEntity} />
      ) : (
        <PanelSkeleton waiting={detail.isPending} />
      )}
    </SidePanel>
  );
}

function Facts({ row }: { row: IncidentRow }) {
  return (
    <div className="hairline flex flex-col gap-2 border-b px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <SeverityMark severity={row.severity} form="word" />
        <StateMark state={row.status} />
        <span className={row.assignedTo === null ? 'text-n9' : ''}>{row.assignedTo ?? 'Unassigned'}</span>
        <span className="text-n9">
          <Time value={row.lastActivityDateTime} form="ago" />
        </span>
      </div>
      {(row.systemTags.length > 0 || row.customTags.length > 0) && (
        <div className="flex flex-wrap gap-1">
          {row.systemTags.map((tag) => (
            <Tag key={tag} tone="notable">
              {tag}
            </Tag>
          ))}
          {row.customTags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </div>
      )}
    </div>
  );
}

function Details({ detail, onFilterEntity }: { detail: IncidentDetail; onFilterEntity: (entity: string) => void }) {
  const { scope } = detail;
  return (
    <>
      <Section title="What happened">
        <p className="max-w-[72ch]">{detail.description || storyOf(detail)}</p>
        <p className="max-w-[72ch] pt-1 text-12 text-n10">Why now: {detail.reason}</p>
        <div className="flex flex-wrap items-center gap-x-5 gap-y-1 pt-2">
          <ScopeCounts
            devices={scope.devices}
            users={scope.users}
            mailboxes={scope.mailboxes}
            other={scope.apps + scope.cloudResources}
          />
          <span>
            {detail.alertsActive}
            <span className="text-n9">/{detail.alertsTotal} alerts open</span>
          </span>
        </div>
        <div className="pt-2">
          <TacticStrip tactics={detail.tactics} size="large" />
        </div>
      </Section>
      <Section title="Why this priority">
        <PriorityFactors score={detail.priorityScore} factors={detail.factors} />
      </Section>
      <TopEvidence id={detail.id} total={detail.counts.evidence} onFilterEntity={onFilterEntity} />
      <Section title="Manage">
        <ManageForm key={detail.id} incident={detail} />
      </Section>
    </>
  );
}

const verdictOrder = ['malicious', 'suspicious', 'unknown', 'noThreatsFound'];
const shownEvidence = 4;

function TopEvidence({
  id,
  total,
  onFilterEntity,
}: {
  id: number;
  total: number;
  onFilterEntity: (entity: string) => void;
}) {
  const evidence = useQuery(evidenceQuery(id));
  const top = evidence.data
    ?.toSorted(
      (a, b) =>
        verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict) || b.alertIds.length - a.alertIds.length,
    )
    .slice(0, shownEvidence);
  return (
    <Section
      title="Top evidence"
      end={
        total > 0 && (
          <Link
            to="/incidents/$incidentId/$tab"
            params={{ incidentId: String(id), tab: 'evidence' }}
            className="text-12"
          >
            All {total}
          </Link>
        )
      }
    >
      {evidence.isError ? (
        <p className="text-n10">The evidence could not be loaded: {evidence.error.message}</p>
      ) : top?.length === 0 ? (
        <p className="text-n9">No evidence beyond the alerts themselves.</p>
      ) : (
        <ul className="flex flex-col">
          {(top ?? []).map((item) => (
            <li key={item.id} className="flex items-center gap-2">
              <span className="min-w-0 flex-1">
                <EntityBadge entity={item} onFilter={() => onFilterEntity(item.name)} />
              </span>
              <span className="text-12 text-n9">
                {item.alertIds.length} {item.alertIds.length === 1 ? 'alert' : 'alerts'}
              </span>
              <span className="w-24">
                <VerdictMark verdict={item.verdict} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Section({ title, end, children }: { title: string; end?: ReactNode; children: ReactNode }) {
  return (
    <section className="hairline border-b px-4 py-3 last:border-b-0">
      <div className="flex items-baseline justify-between pb-1.5">
        <h2 className="font-semibold">{title}</h2>
        {end}
      </div>
      {children}
    </section>
  );
}

function PanelSkeleton({ waiting }: { waiting: boolean }) {
  const late = useLate(waiting);
  if (!late) return null;
  return (
    <div role="status" aria-label="Loading the incident" className="flex flex-col gap-3 p-4">
      {['w-28', 'w-full', 'w-4/5', 'w-1/2', 'w-32', 'w-full', 'w-3/4'].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity but their place
        <Skeleton key={index} className={width} />
      ))}
    </div>
  );
}
