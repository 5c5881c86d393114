import { StatementError } from './errors.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_.]*$/;

/** A ClickHouse string literal; only the quote and the backslash can end or bend one. */
export function stringLiteral(text: string): string {
  return `'${text.replace(/[\\'\0]/g, (character) => (character === '\0' ? '\\0' : `\\${character}`))}'`;
}

/**
 * One `SET` statement that prepares a session for a request.
 *
 * Query parameters travel as `SET param_NAME = '…'` of the request's own session and are parsed by the engine with the
 * type of their placeholder, exactly as a server does with `param_NAME` of the URL. That keeps parameterised statements
 * parallel: chdb's own binding call serialises them over the whole process.
 *
 * `readonly` comes last because nothing can be set after it. The tag goes in `log_comment`, by which a running
 * statement is found again to be killed.
 *
 * @throws StatementError 115 for a name that is not an identifier.
 */
export function setStatement(tag: string, settings: ReadonlyMap<string, string>, params: ReadonlyMap<string, string>) {
  const parts = [`log_comment = ${stringLiteral(tag)}`];
  for (const [name, value] of params) parts.push(assignment(`param_${name}`, value));
  for (const [name, value] of settings) {
    if (name !== 'log_comment' && name !== 'readonly') parts.push(assignment(name, value));
  }
  const readonly = settings.get('readonly');
  if (readonly !== undefined) parts.push(assignment('readonly', readonly));
  return `SET ${parts.join(', ')}`;
}

function assignment(name: string, value: string): string {
  if (!NAME.test(name)) throw new StatementError(115, 'UNKNOWN_SETTING', `Unknown setting ${JSON.stringify(name)}.`);
  return `${name} = ${stringLiteral(value)}`;
}
