import { groupOfAssignee } from '@throughline/model';

/** To whom work is given, where there is room for text only: "mira", "Night shift (group)". */
export function ownerWords(assignedTo: string): string {
  const group = groupOfAssignee(assignedTo);
  return group === null ? assignedTo : `${group} (group)`;
}
