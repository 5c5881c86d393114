import {
  Banner,
  Button,
  EmptyState,
  ErrorState,
  NoPermission,
  Progress,
  Skeleton,
  SkeletonRows,
} from '../kit/index.ts';
import { Sample, Samples } from './sample.tsx';

const failure = Object.assign(new Error('The database is restarting. Nothing was lost; try again in a few seconds.'), {
  requestId: '01JD8M2Q7ZK4',
});

export function FeedbackSamples() {
  return (
    <Samples title="States">
      <Sample name="Banner">
        <div className="flex w-full flex-col gap-2">
          <Banner onDismiss={() => {}}>Two old parameters of this address were ignored.</Banner>
          <Banner tone="ok" title="Saved">
            The password is set.
          </Banner>
          <Banner tone="warning" title="Live updates are interrupted" action={<Button size="small">Try now</Button>}>
            What you see may be 3 min old.
          </Banner>
          <Banner tone="failed" title="Not loaded">
            The server does not answer. Nothing was changed.
          </Banner>
        </div>
      </Sample>
      <Sample name="Progress">
        <div className="w-full max-w-80">
          <Progress label="Loading alerts" value={620} max={1000} labelled />
        </div>
        <div className="w-full max-w-80">
          <Progress label="Connecting" />
        </div>
      </Sample>
      <Sample name="Skeleton">
        <div className="w-full">
          <Skeleton className="mb-3 w-40" />
          <SkeletonRows rows={3} />
        </div>
      </Sample>
      <Sample name="EmptyState">
        <div className="w-full">
          <EmptyState title="No incidents match 3 filters" action={<Button>Clear filters</Button>} />
        </div>
      </Sample>
      <Sample name="ErrorState">
        <div className="w-full">
          <ErrorState title="The incidents could not be loaded" error={failure} onRetry={() => {}} />
        </div>
      </Sample>
      <Sample name="NoPermission">
        <div className="w-full">
          <NoPermission permission="ledger.read" />
        </div>
      </Sample>
    </Samples>
  );
}
