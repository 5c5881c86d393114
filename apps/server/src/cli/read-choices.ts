import { readFile } from 'node:fs/promises';
import {
  type CorrelationConfig,
  defaultConfig,
  type ExceptionRules,
  refuseNumbers,
  rulesOf,
} from '@throughline/correlate';
import { type CorrelationException, proposedChoices } from '@throughline/model';
import { chosenConfig, withHubs } from '../pipeline/settings-in-force.ts';
import { UsageError } from './verb.ts';

/** What to decide by: a configuration, and the exceptions that hold. */
export type ChosenSettings = { config: CorrelationConfig; rules: ExceptionRules };

const file = proposedChoices.partial();

/**
 * Reads correlation settings from a JSON file, in the shape of the API's `choices`; what is left out is as shipped. Without
 * a file everything is.
 *
 * @throws UsageError naming the file and what does not fit.
 */
export async function readChoices(path: string | undefined, now: Date): Promise<ChosenSettings> {
  const chosen = path === undefined ? {} : await parsed(path);
  const { numbers = {}, restrictToDeviceGroups = false, exceptions = [] } = chosen;
  const refusal = refuseNumbers(numbers);
  if (refusal !== null) throw new UsageError(`${path}: ${refusal}`);
  const made = exceptions.map(
    (exception, at): CorrelationException => ({
      ...exception,
      id: exception.id ?? String(at + 1),
      createdBy: 'file',
      createdDateTime: now.toISOString(),
    }),
  );
  const rules = rulesOf(made, (id) => id, now.getTime());
  return { config: withHubs(chosenConfig(defaultConfig, { numbers, restrictToDeviceGroups }), rules), rules };
}

async function parsed(path: string) {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path} cannot be read as JSON: ${(error as Error).message}`);
  }
  const result = file.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new UsageError(`${path}: ${issue?.path.join('.') || 'it'}: ${issue?.message}`);
}
