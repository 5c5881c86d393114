import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay, useMe } from '../api/session.ts';
import { Button, ErrorState, Link, NoPermission, PageHeader, SkeletonRows, useLate } from '../kit/index.ts';
import { DeleteIncidentDialog } from './delete-incident-dialog.tsx';
import { DeletionList } from './deletion-list.tsx';
import { DemoSection } from './demo-section.tsx';
import { ErasePersonSection } from './erase-person-section.tsx';
import { FixedPeriods } from './fixed-periods.tsx';
import { RetentionForm } from './retention-form.tsx';
import { retentionQuery } from './settings-api.ts';

/** How long data is kept, what was deleted, and the way to delete an incident for good. */
export function RetentionPage() {
  const me = useMe();
  const may = useMay('settings.read');
  const mayDelete = useMay('data.delete');
  const retention = useQuery({ ...retentionQuery, enabled: may });
  const late = useLate(retention.isPending);
  const [deleting, setDeleting] = useState(false);
  if (me && !may) return <NoPermission permission="settings.read" />;
  return (
    <main className="h-full overflow-auto pb-10">
      <PageHeader title="Retention and deletion" lead="How long data is kept, and how it is deleted for good." />
      {retention.isError ? (
        <ErrorState
          title="The retention could not be loaded"
          error={retention.error}
          onRetry={() => void retention.refetch()}
        />
      ) : retention.data === undefined ? (
        late && <SkeletonRows rows={4} />
      ) : (
        <div className="flex flex-col gap-8">
          <RetentionForm key={retention.data.updatedDateTime} retention={retention.data} />
          <FixedPeriods auditDays={retention.data.auditDays} />
          {mayDelete && <DemoSection />}
          {mayDelete && (
            <section aria-labelledby="delete-one" className="flex max-w-160 flex-col items-start gap-2 px-4">
              <h2 id="delete-one" className="text-16 font-semibold">
                Delete an incident
              </h2>
              <p className="text-n10">
                With its alerts, comments and log, and whatever was merged into it. There is no way back.
              </p>
              <Button onClick={() => setDeleting(true)}>Delete an incident for good</Button>
            </section>
          )}
          {mayDelete && (
            <section aria-labelledby="delete-source" className="flex max-w-160 flex-col items-start gap-2 px-4">
              <h2 id="delete-source" className="text-16 font-semibold">
                Delete all data of a source
              </h2>
              <p className="text-n10">
                Its alerts and dead letters, and incidents that hold nothing else. Open the source among the{' '}
                <Link to="/settings/sources" className="underline">
                  sources
                </Link>{' '}
                to see what would go.
              </p>
            </section>
          )}
          {mayDelete && <ErasePersonSection />}
          <DeletionList />
        </div>
      )}
      {deleting && <DeleteIncidentDialog onClose={() => setDeleting(false)} />}
    </main>
  );
}
