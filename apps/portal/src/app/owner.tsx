import { useQuery } from '@tanstack/react-query';
import { groupOfAssignee } from '@throughline/model';
import { Users } from 'lucide-react';
import { assigneesQuery } from '../api/operate.ts';

/** To whom work is given: a person's name, or a group's with its icon. A group that was deleted is still named. */
export function Owner({ assignedTo }: { assignedTo: string }) {
  const group = groupOfAssignee(assignedTo);
  const assignees = useQuery({ ...assigneesQuery, enabled: group !== null });
  if (group === null) {
    return (
      <span className="inline-block max-w-full truncate align-bottom" title={assignedTo}>
        {assignedTo}
      </span>
    );
  }
  const deleted = assignees.data !== undefined && !assignees.data.includes(assignedTo);
  const words = deleted ? `${group} (group deleted)` : group;
  return (
    <span className="inline-flex max-w-full items-center gap-1 align-bottom" title={words}>
      <Users aria-label="Group" size={14} strokeWidth={1.75} className="shrink-0 text-n9" />
      <span className="truncate">{words}</span>
    </span>
  );
}
