/**
 * Not an error of the query: which columns an `evaluate` puts out depends on the data. `probe` is a statement whose
 * rows are (name, type), and the query is compiled again with them written at `position`.
 */
export class SchemaNeeded extends Error {
  override readonly name = 'SchemaNeeded';
  readonly position: number;
  readonly probe: string;
  /** Columns that come out before those of the probe, as `name:type`. */
  readonly known: readonly string[];

  constructor(position: number, probe: string, known: readonly string[]) {
    super('The columns of the query depend on the data.');
    this.position = position;
    this.probe = probe;
    this.known = known;
  }
}

/** The query with the columns written where it was asked for them. */
export function withSchema(
  text: string,
  needed: SchemaNeeded,
  columns: readonly (readonly [name: string, type: string])[],
): string {
  const written = columns.map(([name, type]) => `${bracketed(name)}:${type}`);
  return `${text.slice(0, needed.position)} : (${[...needed.known, ...written].join(', ')})${text.slice(needed.position)}`;
}

/** A name of a column as KQL takes any. */
export function bracketed(name: string): string {
  return `[${JSON.stringify(name)}]`;
}
