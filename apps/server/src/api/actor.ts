import type { Principal } from '@throughline/access';
import type { Actor } from '@throughline/model';

/** Who the activity log names for what a principal does: always the person, and whether a token acted for them. */
export function actorOf(principal: Principal): Actor {
  return { kind: principal.kind === 'token' ? 'token' : 'person', name: principal.userName };
}
