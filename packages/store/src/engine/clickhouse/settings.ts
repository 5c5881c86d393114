import { StatementError } from './errors.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_.]*$/;

/** A ClickHouse string literal; only the quote and the backslash can end or bend one. */
export function stringLiteral(text: string): string {
  return `'${text.replace(/[\\'\0]/g, (character) => (character === '\0' ? '\\0' : `\\${character}`))}'`;
}

/** ClickHouse's default `max_query_size`, bytes. */
const MAX_QUERY_SIZE = 262_144;

/**
 * The `SET` statements that prepare a session for a request; one, save where the parameters are long.
 *
 * Query parameters travel as `SET param_NAME = '…'` of the request's own session and are parsed by the engine with the
 * type of their placeholder, exactly as a server does with `param_NAME` of the URL. That keeps parameterised statements
 * parallel: chdb's own binding call serialises them over the whole process. As on a server, parameters do not count
 * toward `max_query_size`, so long ones are set under a raised limit.
 *
 * `readonly` comes last because nothing can be set after it. The tag goes in `log_comment`, by which a running
 * statement is found again to be killed.
 *
 * @throws StatementError 115 for a name that is not an identifier.
 */
export function setStatements(
  tag: string,
  settings: ReadonlyMap<string, string>,
  params: ReadonlyMap<string, string>,
): string[] {
  const parts = [`log_comment = ${stringLiteral(tag)}`];
  for (const [name, value] of params) parts.push(assignment(`param_${name}`, value));
  for (const [name, value] of settings) {
    if (name !== 'log_comment' && name !== 'readonly') parts.push(assignment(name, value));
  }
  const size = Buffer.byteLength(parts.join());
  const isLong = size > MAX_QUERY_SIZE / 2;
  if (isLong && !settings.has('max_query_size')) parts.push(`max_query_size = ${MAX_QUERY_SIZE}`);
  const readonly = settings.get('readonly');
  if (readonly !== undefined) parts.push(assignment('readonly', readonly));
  const statement = `SET ${parts.join(', ')}`;
  return isLong ? [`SET max_query_size = ${size * 2}`, statement] : [statement];
}

function assignment(name: string, value: string): string {
  if (!NAME.test(name)) throw new StatementError(115, 'UNKNOWN_SETTING', `Unknown setting ${JSON.stringify(name)}.`);
  return `${name} = ${stringLiteral(value)}`;
}
