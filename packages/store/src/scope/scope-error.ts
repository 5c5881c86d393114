/** Why a change to groups, roles or assignments was refused: closed list. */
export type ScopeRefusal =
  | 'noSuchGroup'
  | 'noSuchRole'
  | 'noSuchAccount'
  | 'nameTaken'
  | 'tooManyGroups'
  | 'ungroupedStays'
  | 'groupAssigned'
  | 'lastUnscopedAdministrator';

/** A refused change to device groups, user groups, roles or assignments; `message` is for people. */
export class ScopeError extends Error {
  override readonly name = 'ScopeError';
  readonly reason: ScopeRefusal;

  constructor(reason: ScopeRefusal, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Runs a change that gives something a name; a name in use is refused. */
export async function withFreeName<T>(name: string | undefined, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    const { code, constraint = '' } = error as { code?: string; constraint?: string };
    if (code === '23505' && constraint.endsWith('_name')) {
      throw new ScopeError('nameTaken', `There is already one named "${name ?? ''}".`);
    }
    throw error;
  }
}
