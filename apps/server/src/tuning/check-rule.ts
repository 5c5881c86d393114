import {
  classificationOf,
  type TuningGroup,
  type TuningItem,
  type TuningRuleBody,
  triggerOf,
} from '@throughline/model';
import { TuningError, type TuningErrorCode } from '@throughline/store';
import { network } from '@throughline/tune';
import { ApiError } from '../http/api-error.ts';

const statuses: Record<TuningErrorCode, 403 | 404 | 409> = {
  noSuchRule: 404,
  noSuchGroup: 404,
  beyondScope: 403,
  nameTaken: 409,
};

/** Runs the work of a route; refusals of the store become answers. */
export async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TuningError)) throw error;
    const target = error.code === 'nameTaken' ? 'name' : undefined;
    throw new ApiError(statuses[error.code], error.code, error.message, { target });
  }
}

/**
 * Refuses a rule that could never match, would match everything, or says two things at once.
 *
 * @throws ApiError 400 with what to change
 */
export function checkRule(body: TuningRuleBody): void {
  const all = itemsOf(body.conditions);
  if (body.alertType === null && all.length === 0) {
    refuse('conditions', 'A rule about any alert type needs a condition.');
  }
  for (const { property, operator, values } of all) {
    if (operator === 'inNetwork' && property !== 'ip.address') {
      refuse('conditions', `“is in network” is for addresses, not for ${property}.`);
    }
    const wrong = operator === 'inNetwork' ? values.find((value) => network(value) === null) : undefined;
    if (wrong !== undefined) refuse('conditions', `“${wrong}” is no network; write 10.0.0.0/8 or 2001:db8::/32.`);
  }
  if (body.trigger !== null && !all.some(({ property }) => triggerOf(property) === body.trigger)) {
    refuse('trigger', `Add a condition about the evidence of the trigger (${body.trigger}), or choose no trigger.`);
  }
  const belongs = classificationOf(body.determination);
  if (body.determination !== 'unknown' && belongs !== null && belongs !== body.classification) {
    refuse('determination', `The determination ${body.determination} belongs to another classification.`);
  }
}

function itemsOf(group: TuningGroup): Exclude<TuningItem, TuningGroup>[] {
  return group.items.flatMap((item) => ('items' in item ? itemsOf(item) : [item]));
}

function refuse(target: string, message: string): never {
  throw new ApiError(400, 'badRequest', message, { target });
}
