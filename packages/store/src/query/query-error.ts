/** A question that cannot be asked: `target` names the parameter, the message says what is wrong with it. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  readonly code = 'invalid';
  readonly target: string;

  constructor(target: string, message: string) {
    super(message);
    this.target = target;
  }
}

/**
 * Refuses text that PostgreSQL cannot hold, wherever it is in a query.
 *
 * @throws QueryError naming the parameter with a NUL character.
 */
export function refuseNul(query: object): void {
  for (const [target, value] of Object.entries(query)) {
    const texts: unknown[] = Array.isArray(value) ? value : [value];
    if (texts.some((text) => typeof text === 'string' && text.includes('\0'))) {
      throw new QueryError(target, `${target} contains a NUL character, which no stored text can; remove it.`);
    }
  }
}
