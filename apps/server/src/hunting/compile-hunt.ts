import {
  type Catalogue,
  type CompiledQuery,
  compileRead,
  HuntError,
  readQuery,
  SchemaNeeded,
  type Surroundings,
  withSchema,
} from '@throughline/hunt';

/** Looks up the columns of an `evaluate`: runs a statement whose rows are (name, type). */
export type FindColumns = (probe: string) => Promise<readonly (readonly [name: string, type: string])[]>;

// Each `evaluate` whose columns depend on the data costs a look at the data.
const MAX_LOOKS = 8;

/**
 * Compiles a KQL query. With `findColumns`, columns that depend on the data (`bag_unpack`, `pivot`) are looked up; without
 * it they are null.
 *
 * @throws HuntError of class `syntax`, `semantic` or `unsupported`, with the position in the query.
 */
export async function compileHunt(
  text: string,
  catalogue: Catalogue,
  surroundings: Surroundings,
  findColumns?: FindColumns,
): Promise<CompiledQuery> {
  let current = text;
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const read = await readQuery(current, catalogue);
    try {
      return compileRead(read, { ...surroundings, discovers: findColumns !== undefined });
    } catch (error) {
      if (!(error instanceof SchemaNeeded) || findColumns === undefined) throw error;
      const columns = await findColumns(error.probe);
      // What the data does not tell, or what stands in another text than the query, stays open.
      if (columns.length === 0 || read.text[error.position - 1] !== ')') return compileRead(read, surroundings);
      current = withSchema(read.text, error, columns);
    }
  }
  throw new HuntError('unsupported', `More than ${MAX_LOOKS} evaluate operators are not supported.`, 0);
}
