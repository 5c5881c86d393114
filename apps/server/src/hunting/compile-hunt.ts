import { type Catalogue, type CompiledQuery, compileRead, readQuery, type Surroundings } from '@throughline/hunt';

/**
 * Compiles a KQL query.
 *
 * @throws HuntError of class `syntax`, `semantic` or `unsupported`, with the position in the query.
 */
export async function compileHunt(
  text: string,
  catalogue: Catalogue,
  surroundings: Surroundings,
): Promise<CompiledQuery> {
  return compileRead(await readQuery(text, catalogue), surroundings);
}
