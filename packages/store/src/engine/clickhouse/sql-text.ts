// A quoted thing or a comment: what lies inside is no keyword. Unclosed ones run to the end. Every alternative matches
// whatever follows its first characters, so that no text makes the search go back.
const QUOTED =
  /'(?:[^'\\]+|\\[\s\S]|'')*(?:'|\\?$)|`(?:[^`\\]+|\\[\s\S])*(?:`|\\?$)|"(?:[^"\\]+|\\[\s\S])*(?:"|\\?$)|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** Applies `change` to the parts of a statement that lie outside quotes and comments and returns the whole again. */
export function changeBareSql(sql: string, change: (bare: string) => string): string {
  let result = '';
  let from = 0;
  for (const quoted of sql.matchAll(QUOTED)) {
    result += change(sql.slice(from, quoted.index)) + quoted[0];
    from = quoted.index + quoted[0].length;
  }
  return result + change(sql.slice(from));
}

/** A statement with quotes and comments blanked, to look for keywords in. */
export function bareSql(sql: string): string {
  return sql.replace(QUOTED, ' ');
}

/**
 * Whether a statement reads or writes a file of the machine through the client clauses `INTO OUTFILE`/`FROM INFILE`.
 * chdb carries them out itself, even for `readonly` sessions, where a server would leave them to the client.
 */
export function touchesClientFiles(sql: string): boolean {
  return /\b(INTO\s+OUTFILE|FROM\s+INFILE)\b/i.test(bareSql(sql));
}

/** Whether a text holds more than one statement. */
export function isSeveral(sql: string): boolean {
  return /;\s*[^\s;]/.test(bareSql(sql));
}

/** Whether a statement is a `KILL QUERY`. */
export function isKillQuery(sql: string): boolean {
  return /^\s*KILL\s+QUERY\b/i.test(sql);
}

/**
 * A `KILL QUERY` whose condition on `query_id` means the ids that clients gave. The engine makes up its own ids, so
 * the client's travels in the statement's `log_comment`.
 */
export function killByClientId(sql: string): string {
  return changeBareSql(sql, (bare) => bare.replace(/\bquery_id\b/gi, "Settings['log_comment']"));
}
