import type { IncidentDetail } from '@throughline/model';
import { SidePanel } from '../kit/index.ts';
import { ManageForm } from '../manage/manage-form.tsx';

/** Everything a person may set on an incident, in one place; only what was changed is sent. */
export function ManagePanel({ incident, onClose }: { incident: IncidentDetail; onClose: () => void }) {
  return (
    <SidePanel label="Manage incident" title="Manage incident" onClose={onClose}>
      <div className="p-4">
        <ManageForm key={incident.id} incident={incident} full onSaved={onClose} />
      </div>
    </SidePanel>
  );
}
