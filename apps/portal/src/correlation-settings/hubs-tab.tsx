import { useQuery } from '@tanstack/react-query';
import type { MeasuredHub } from '@throughline/model';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import {
  Button,
  type Column,
  EmptyState,
  EntityBadge,
  ErrorState,
  Menu,
  SkeletonRows,
  StateMark,
  Table,
  Time,
  useLate,
} from '../kit/index.ts';
import { hubsQuery } from './correlation-api.ts';
import { effectWords } from './correlation-words.ts';
import type { Draft, DraftException } from './draft.ts';
import { ExceptionDialog } from './exception-dialog.tsx';

interface HubsTabProps {
  draft: Draft;
  mayChange: boolean;
  onChange: (draft: Draft) => void;
}

const rowKey = ({ entityId }: MeasuredHub) => entityId;

/** What is measured to be everywhere, and what people say of it. */
export function HubsTab({ draft, mayChange, onChange }: HubsTabProps) {
  const hubs = useQuery(hubsQuery);
  const late = useLate(hubs.isPending);
  const [proposed, setProposed] = useState<DraftException | null>(null);
  if (hubs.isError)
    return <ErrorState title="The hubs could not be measured" error={hubs.error} onRetry={() => void hubs.refetch()} />;
  if (hubs.data === undefined) return late && <SkeletonRows rows={5} />;
  const { items, windowHours, alerts, cut, free, cap } = hubs.data;
  const said = new Map(
    draft.exceptions
      .filter(({ subject, effect }) => subject === 'entity' && effect !== 'standAlone')
      .map((exception) => [exception.value, exception]),
  );
  const propose = ({ entityId, kind, name }: MeasuredHub, effect: 'alwaysHub' | 'neverHub') =>
    setProposed({
      id: null,
      subject: 'entity',
      effect,
      value: entityId,
      name,
      kind,
      reason: '',
      expiresDateTime: null,
    });
  const forget = (exception: DraftException) =>
    onChange({ ...draft, exceptions: draft.exceptions.filter((each) => each !== exception) });
  return (
    <div className="flex flex-col gap-4 pt-4 pb-10">
      <p className="max-w-180 px-4 text-n10">
        What is seen with more than {free} other assets within {windowHours} hours fades as a link, and from {cap} on it
        says nothing. Measured now over{' '}
        {cut ? `the newest ${alerts.toLocaleString('en')}` : alerts.toLocaleString('en')} alerts of that time; assets
        within the incident count less when an alert is decided.
      </p>
      {items.length === 0 ? (
        <EmptyState title="Nothing is a hub">No entity was seen with more than {free} other assets.</EmptyState>
      ) : (
        <Table
          label="Hubs"
          columns={columnsFor(mayChange, said, propose, forget)}
          rows={items}
          rowKey={rowKey}
          rowHeight={44}
          flow
        />
      )}
      {proposed !== null && (
        <ExceptionDialog
          exception={proposed}
          taken={draft.exceptions}
          onClose={() => setProposed(null)}
          onDone={(made) => {
            onChange({ ...draft, exceptions: [...draft.exceptions, made] });
            setProposed(null);
          }}
        />
      )}
    </div>
  );
}

function columnsFor(
  mayChange: boolean,
  said: ReadonlyMap<string, DraftException>,
  propose: (hub: MeasuredHub, effect: 'alwaysHub' | 'neverHub') => void,
  forget: (exception: DraftException) => void,
): Column<MeasuredHub>[] {
  const figures = (id: 'devices' | 'users' | 'assets' | 'alerts' | 'incidents', header: string, from?: number) =>
    ({
      id,
      header,
      width: '80px',
      align: 'end',
      ...(from !== undefined && { from }),
      cell: (hub: MeasuredHub) => hub[id],
    }) satisfies Column<MeasuredHub>;
  return [
    {
      id: 'entity',
      header: 'Entity',
      width: 'minmax(140px, 2fr)',
      cell: ({ kind, name }) => <EntityBadge entity={{ kind, name }} />,
    },
    {
      id: 'state',
      header: 'Measured',
      width: '96px',
      from: 480,
      cell: ({ silent }) =>
        silent ? <StateMark state="failed" label="Silent" /> : <StateMark state="pending" label="Fades" />,
    },
    figures('assets', 'Assets'),
    figures('devices', 'Devices', 700),
    figures('users', 'Users', 760),
    figures('incidents', 'Incidents', 620),
    figures('alerts', 'Alerts', 820),
    {
      id: 'since',
      header: 'First seen',
      width: '104px',
      from: 900,
      cell: ({ firstSeenDateTime }) => <Time value={firstSeenDateTime} form="ago" />,
    },
    {
      id: 'said',
      header: 'Counts as',
      width: '148px',
      cell: (hub) => {
        const exception = said.get(hub.entityId);
        const label = exception === undefined ? 'As measured' : effectWords[exception.effect].label;
        if (!mayChange) return <span className="text-n10">{label}</span>;
        return (
          <Menu
            align="end"
            trigger={
              <Button size="small" aria-label={`${hub.name} counts as: ${label}`}>
                {label}
                <ChevronDown aria-hidden size={14} />
              </Button>
            }
            entries={
              exception === undefined
                ? [
                    { label: `${effectWords.alwaysHub.label}…`, onSelect: () => propose(hub, 'alwaysHub') },
                    { label: `${effectWords.neverHub.label}…`, onSelect: () => propose(hub, 'neverHub') },
                  ]
                : [{ label: 'As measured', onSelect: () => forget(exception) }]
            }
          />
        );
      },
    },
  ];
}
