import type { IntakeReceipt } from '@throughline/model';
import { countRefusedSource, type Db, disabledSources } from '@throughline/store';
import { ApiError } from '../http/api-error.ts';

/**
 * Takes alerts in with `take`, which must call what it is given with the source of each record before anything is
 * stored of it.
 *
 * @throws ApiError 403 naming the setting, counted at the source, when a record is of a disabled source.
 */
export async function refuseDisabled(
  { db, tenantId, clock }: { db: Db; tenantId: string; clock: () => Date },
  named: string,
  take: (admit: (source: string) => void) => Promise<IntakeReceipt>,
): Promise<IntakeReceipt> {
  const disabled = await disabledSources(db, tenantId);
  const admit = (source: string) => {
    if (disabled.has(source)) throw new DisabledSource(source);
  };
  try {
    admit(named);
    return await take(admit);
  } catch (error) {
    if (error instanceof DisabledSource) await countRefusedSource(db, tenantId, error.source, clock());
    throw error;
  }
}

class DisabledSource extends ApiError {
  readonly source: string;

  constructor(source: string) {
    super(
      403,
      'sourceDisabled',
      `The source "${source}" is disabled (Settings, Sources). Enable it there to send again.`,
      {
        target: 'path.source',
      },
    );
    this.source = source;
  }
}
