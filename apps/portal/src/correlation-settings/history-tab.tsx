import { useQuery } from '@tanstack/react-query';
import type { CorrelationChoices, CorrelationParameter } from '@throughline/model';
import { Button, EmptyState, ErrorState, SkeletonRows, Time, useLate } from '../kit/index.ts';
import { correlationVersionsQuery } from './correlation-api.ts';
import { changesOf, draftOf } from './draft.ts';

interface HistoryTabProps {
  version: number;
  parameters: readonly CorrelationParameter[];
  mayChange: boolean;
  /** Makes the choices of a version the draft. */
  onRestore: (choices: CorrelationChoices) => void;
}

const asShipped: CorrelationChoices = { numbers: {}, restrictToDeviceGroups: false, exceptions: [] };

/** Every version of the settings: who made it, why, what it changed, and from which alert on it was in force. */
export function HistoryTab({ version: current, parameters, mayChange, onRestore }: HistoryTabProps) {
  const versions = useQuery(correlationVersionsQuery);
  const late = useLate(versions.isPending);
  if (versions.isError)
    return (
      <ErrorState
        title="The versions could not be loaded"
        error={versions.error}
        onRetry={() => void versions.refetch()}
      />
    );
  if (versions.data === undefined) return late && <SkeletonRows rows={4} />;
  if (versions.data.length === 0)
    return <EmptyState title="As shipped">Nobody has changed how alerts are put into incidents.</EmptyState>;
  return (
    <ol aria-label="Versions" className="flex max-w-220 flex-col px-4 pt-4 pb-10">
      {versions.data.map(({ version, choices, comment, changedBy, changedDateTime, inForceDateTime }, at) => {
        const before = versions.data[at + 1]?.choices ?? (version === 1 ? asShipped : undefined);
        const changes = before && changesOf(draftOf(choices), before, parameters);
        return (
          <li
            key={version}
            className="hairline flex flex-wrap items-start gap-x-8 gap-y-2 border-b py-3 last:border-b-0"
          >
            <div className="min-w-0 flex-1 basis-80">
              <h2 className="font-medium">
                Version {version}
                {version === current && <span className="font-normal text-n10"> · now</span>}
              </h2>
              <p>{comment}</p>
              {changes !== undefined && (
                <ul className="list-inside list-disc text-n10">
                  {changes.map((change) => (
                    <li key={change}>{change}</li>
                  ))}
                </ul>
              )}
              <p className="text-12 text-n9">
                {changedBy} {changedDateTime !== null && <Time value={changedDateTime} form="ago" />}
                {inForceDateTime === null ? (
                  version === current ? (
                    '; waits to be taken up'
                  ) : (
                    '; was replaced before it was taken up'
                  )
                ) : (
                  <>
                    ; in force since <Time value={inForceDateTime} form="exact" />
                  </>
                )}
              </p>
            </div>
            {mayChange && version !== current && (
              <Button size="small" onClick={() => onRestore(choices)} aria-label={`Restore version ${version}`}>
                Restore…
              </Button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
