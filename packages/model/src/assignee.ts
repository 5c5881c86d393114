const prefix = 'group:';

/** In filters: whatever is assigned to a user group that who asks is in. */
export const myGroupsWord = 'my-groups';

/** How work that is given to a user group is stored: the group's name behind a mark that no user name begins with. */
export function groupAssignee(name: string): string {
  return prefix + name;
}

/** The name of the user group that work is given to; null when it is a person's. */
export function groupOfAssignee(assignedTo: string): string | null {
  return assignedTo.startsWith(prefix) ? assignedTo.slice(prefix.length) : null;
}
