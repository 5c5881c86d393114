import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '@throughline/model';
import { Button, ErrorState, SkeletonRows, Tag, Time, useLate, useToast } from '../kit/index.ts';
import { endOtherSessions, endSession, sessionsQuery } from './account-api.ts';
import { Section } from './section.tsx';
import { beginningWords } from './session-words.ts';

/** The browsers that are signed in. */
export function SessionsSection() {
  const client = useQueryClient();
  const toast = useToast();
  const sessions = useQuery(sessionsQuery);
  const late = useLate(sessions.isPending);
  const end = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => toast({ message: 'Signed out there' }),
    onError: (error) => toast({ tone: 'failed', message: `Not signed out: ${error.message}` }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const others = sessions.data?.some(({ current }) => !current) ?? false;
  return (
    <Section
      title="Sessions"
      lead="Browsers that are signed in as you. Sign out what you do not know."
      actions={others && <Button onClick={() => end.mutate(endOtherSessions)}>Sign out all others</Button>}
    >
      {sessions.isError ? (
        <ErrorState
          title="The sessions could not be loaded"
          error={sessions.error}
          onRetry={() => void sessions.refetch()}
        />
      ) : sessions.data === undefined ? (
        late && <SkeletonRows rows={2} />
      ) : (
        <ul className="flex max-w-200 flex-col">
          {sessions.data.map((session) => (
            <SessionRow key={session.id} session={session} onEnd={() => end.mutate(() => endSession(session.id))} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function SessionRow({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const { browser, address, createdDateTime, lastSeenDateTime, current } = session;
  return (
    <li className="hairline flex min-h-12 items-center gap-3 border-b py-1.5">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{browser}</span>
          {current && <Tag tone="ok">This one</Tag>}
          <span className="text-n10 wrap-anywhere">{address}</span>
        </div>
        <p className="text-12 text-n9">
          Signed in {beginningWords(session)} <Time value={createdDateTime} form="ago" />, last seen{' '}
          <Time value={lastSeenDateTime} form="ago" />
        </p>
      </div>
      {!current && (
        <Button size="small" variant="quiet" aria-label={`Sign out ${browser}, ${address ?? ''}`} onClick={onEnd}>
          Sign out
        </Button>
      )}
    </li>
  );
}
