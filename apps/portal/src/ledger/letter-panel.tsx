import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { deadLettersQuery, rawLetterQuery, replayLetter } from '../api/operate.ts';
import { useMay } from '../api/session.ts';
import { rejectWords } from '../app/words.ts';
import { Button, CodeBlock, ErrorState, KeyValueList, SidePanel, Time, useToast } from '../kit/index.ts';
import { byteText } from './dead-letters.tsx';
import type { LedgerSearch } from './ledger-search.ts';

const longestShown = 200_000;

/** One dead letter: what was wrong, what arrived byte for byte, and a second try through intake. */
export function LetterPanel({ id, search, onClose }: { id: number; search: LedgerSearch; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const may = useMay('deadLetters.replay');
  const letters = useInfiniteQuery(deadLettersQuery({ source: search.source, reason: search.reason }));
  const letter = letters.data?.pages.flatMap((page) => page.items).find((each) => each.id === id);
  const raw = useQuery({ ...rawLetterQuery(id), enabled: letter?.size !== null });
  const replay = useMutation({
    mutationFn: () => replayLetter(id),
    onSuccess: async () => {
      toast({ message: `Dead letter ${id} went through intake again` });
      await Promise.all(['ledger', 'dead-letters'].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
    onError: (error) => toast({ tone: 'failed', message: `Not replayed: ${error.message}` }),
  });
  return (
    <SidePanel
      label={`Dead letter ${id}`}
      title={`Dead letter ${id}`}
      width="wide"
      onClose={onClose}
      footer={
        <Button
          busy={replay.isPending}
          disabledReason={
            !may
              ? 'Needs the permission deadLetters.replay'
              : letter?.size === null
                ? 'The raw record was removed'
                : letter?.replayedDateTime
                  ? 'It was replayed before'
                  : undefined
          }
          onClick={() => replay.mutate()}
        >
          Replay
        </Button>
      }
    >
      <div className="flex flex-col gap-4 p-4">
        {letter && (
          <KeyValueList
            items={[
              { key: 'Reason', value: rejectWords[letter.reason] },
              { key: 'What is wrong', value: letter.detail },
              { key: 'Source', value: letter.source },
              { key: 'Arrived', value: <Time value={letter.at} form="exact" copyable /> },
              { key: 'Where', value: `line ${letter.line.toLocaleString('en')} of batch ${letter.batchId}` },
              { key: 'Size', value: letter.size === null ? 'Removed by age' : byteText(letter.size) },
              ...(letter.replayedDateTime
                ? [{ key: 'Replayed', value: <Time value={letter.replayedDateTime} form="exact" /> }]
                : []),
            ]}
          />
        )}
        {letter?.size === null ? (
          <p className="text-n10">
            The raw record was removed by age, as the retention of dead letters says. What was wrong with it stays
            known.
          </p>
        ) : raw.isError ? (
          <ErrorState title="The raw record could not be loaded" error={raw.error} onRetry={() => void raw.refetch()} />
        ) : (
          raw.data !== undefined && (
            <>
              <CodeBlock label="Raw record" code={raw.data.slice(0, longestShown)} wrap maxLines={28} />
              {raw.data.length > longestShown && (
                <p className="text-12 text-n9">The first {longestShown.toLocaleString('en')} characters are shown.</p>
              )}
            </>
          )
        )}
      </div>
    </SidePanel>
  );
}
