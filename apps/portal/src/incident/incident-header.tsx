import type { IncidentDetail } from '@throughline/model';
import { GitMerge, Send, SlidersHorizontal } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useMay } from '../api/session.ts';
import { Owner } from '../app/owner.tsx';
import {
  Button,
  durationText,
  Menu,
  ScoreRing,
  SeverityMark,
  StateMark,
  Tag,
  Time,
  useKeys,
  useNow,
} from '../kit/index.ts';
import { QueueReturn } from '../queue/queue-return.tsx';
import { AcknowledgeButton } from './acknowledge-button.tsx';

// Seldom opened: it is loaded when it is.
const ShareDialog = lazy(async () => ({ default: (await import('../notifications/share-dialog.tsx')).ShareDialog }));

/** Name, state and age in one place; the way back and the way to change it. */
export function IncidentHeader({
  incident,
  tab,
  onManage,
  onDialog,
}: {
  incident: IncidentDetail;
  tab: string;
  onManage: () => void;
  onDialog: (dialog: 'merge' | 'split') => void;
}) {
  const may = useMay('incidents.manage');
  const now = useNow();
  const [sharing, setSharing] = useState(false);
  useKeys('Incident', [{ key: 'm', label: 'Manage incident', run: onManage }]);
  const age = durationText(Math.max(0, now - Date.parse(incident.createdDateTime)));
  return (
    <header className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pt-3 pb-2">
      <QueueReturn incidentId={incident.id} tab={tab} />
      <ScoreRing score={incident.priorityScore} />
      <div className="min-w-0 flex-1 basis-80">
        <h1 className="text-20 font-semibold wrap-anywhere">
          <span className="mr-2 font-normal text-n9">{incident.id}</span>
          {incident.displayName}
        </h1>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-n10">
          <SeverityMark severity={incident.severity} form="word" />
          <StateMark state={incident.status} />
          <Fact label="Owner">
            {incident.assignedTo === null ? 'Unassigned' : <Owner assignedTo={incident.assignedTo} />}
          </Fact>
          <Fact label="Age">{age}</Fact>
          <Fact label="Last activity">
            <Time value={incident.lastActivityDateTime} form="ago" />
          </Fact>
          {incident.systemTags.map((tag) => (
            <Tag key={tag} tone="notable">
              {tag}
            </Tag>
          ))}
          {incident.customTags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </p>
      </div>
      <AcknowledgeButton incidentId={incident.id} may={may} />
      <Menu
        align="end"
        trigger={
          <Button
            icon={GitMerge}
            disabledReason={may ? undefined : 'Managing incidents needs the permission incidents.manage'}
          >
            Merge or split
          </Button>
        }
        entries={[
          { label: 'Merge with…', onSelect: () => onDialog('merge') },
          { label: 'Split by…', onSelect: () => onDialog('split') },
        ]}
      />
      <Button
        icon={Send}
        onClick={() => setSharing(true)}
        disabledReason={may ? undefined : 'Sharing incidents needs the permission incidents.manage'}
      >
        Share
      </Button>
      <Button
        variant="primary"
        icon={SlidersHorizontal}
        onClick={onManage}
        disabledReason={may ? undefined : 'Managing incidents needs the permission incidents.manage'}
      >
        Manage incident
      </Button>
      {sharing && (
        <Suspense>
          <ShareDialog incidentId={incident.id} onClose={() => setSharing(false)} />
        </Suspense>
      )}
    </header>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <span>
      <span className="text-n9">{label} </span>
      {children}
    </span>
  );
}
