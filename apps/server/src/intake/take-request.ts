import { formatNamed, recogniseAll } from '@throughline/intake';
import type { IntakeReceipt } from '@throughline/model';
import { ApiError } from '../http/api-error.ts';
import { type Body, type Intake, takeBody } from './take-body.ts';

/** Refusals of a record that say which limit it broke. */
const limitRefusals = new Set<string>(['bodyTooLarge', 'recordTooLarge', 'tooDeep']);

/**
 * Takes the body of a request in. When nothing of it was accepted and a limit is why, the answer is a 413 that names the
 * limit; what was refused is a dead letter all the same.
 *
 * @throws ApiError 404 naming the known formats, 400 for an empty body, 413.
 */
export async function takeRequest(intake: Intake, body: Body, tenantId: string): Promise<IntakeReceipt> {
  refuseUnknownSource(intake, body.source);
  const receipt = await takeBody(intake, body, tenantId);
  if (receipt.received === 0) throw new ApiError(400, 'emptyBody', 'The body holds no record.', { target: 'body' });
  const refused = receipt.rejects.find(({ reason }) => limitRefusals.has(reason));
  if (receipt.accepted === 0 && refused !== undefined) {
    const where = refused.line === 0 ? '' : `line ${refused.line}: `;
    throw new ApiError(413, refused.reason, `${where}${refused.detail}`, { target: 'body' });
  }
  return receipt;
}

function refuseUnknownSource({ mappings }: Intake, source: string): void {
  if (source === 'auto' || formatNamed(source) !== undefined || mappings.some(({ name }) => name === source)) return;
  const known = ['auto', ...recogniseAll.map(({ name }) => name), ...mappings.map(({ name }) => name)];
  throw new ApiError(404, 'unknownSource', `There is no source of that name. Known: ${known.join(', ')}.`, {
    target: 'path.source',
  });
}
