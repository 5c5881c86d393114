import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DetectionDetail, DetectionExceptionRow } from '@throughline/model';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button, Tag, Time, useToast } from '../kit/index.ts';
import { operatorWords } from './detection-words.ts';
import { detectionsKey, endDetectionException } from './detections-api.ts';
import { ExceptionDialog } from './exception-dialog.tsx';

/** The exceptions of a rule, with how often they applied; people who may add and end them. */
export function ExceptionsSection({ rule, mayChange }: { rule: DetectionDetail; mayChange: boolean }) {
  const client = useQueryClient();
  const toast = useToast();
  const [adding, setAdding] = useState(false);
  const end = useMutation({
    mutationFn: endDetectionException,
    onSuccess: () => toast({ message: 'The exception is ended' }),
    onError: (error) => toast({ tone: 'failed', message: `Not ended: ${error.message}` }),
    onSettled: () => client.invalidateQueries({ queryKey: detectionsKey }),
  });
  return (
    <section aria-labelledby="exceptions" className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <h2 id="exceptions" className="text-16 font-semibold">
          Exceptions
        </h2>
        {mayChange && (
          <Button size="small" icon={Plus} onClick={() => setAdding(true)}>
            New exception
          </Button>
        )}
      </div>
      {rule.exceptions.length === 0 ? (
        <p className="text-n10">None: every match is an alert, or adds to one.</p>
      ) : (
        <ul className="hairline flex flex-col divide-y divide-n5 rounded-md border">
          {rule.exceptions.map((exception) => (
            <Exception
              key={exception.id}
              exception={exception}
              onEnd={mayChange ? () => end.mutate(exception.id) : undefined}
              busy={end.isPending && end.variables === exception.id}
            />
          ))}
        </ul>
      )}
      {adding && <ExceptionDialog ruleId={rule.id} onClose={() => setAdding(false)} />}
    </section>
  );
}

interface ExceptionProps {
  exception: DetectionExceptionRow;
  busy: boolean;
  onEnd: (() => void) | undefined;
}

function Exception({ exception, busy, onEnd }: ExceptionProps) {
  const { conditions, reason, createdBy, createdDateTime, expiresDateTime, hits, lastHitDateTime, ruleId } = exception;
  const over = expiresDateTime !== null && Date.parse(expiresDateTime) <= Date.now();
  return (
    <li className="flex items-start gap-3 px-3 py-2">
      <div className="min-w-0 flex-1">
        {conditions.map(({ field, operator, values }) => (
          <p key={`${field} ${operator} ${values.join(' ')}`} className="wrap-anywhere">
            <code>{field}</code> <span className="text-n10">{operatorWords[operator]}</span>{' '}
            <code>{values.join(' | ')}</code>
          </p>
        ))}
        <p className="wrap-anywhere text-n11">{reason}</p>
        <p className="text-12 text-n9">
          {createdBy}, <Time value={createdDateTime} form="ago" /> · applied {hits.toLocaleString('en')} times
          {lastHitDateTime !== null && (
            <>
              , last <Time value={lastHitDateTime} form="ago" />
            </>
          )}{' '}
          ·{' '}
          {expiresDateTime === null ? (
            'no end'
          ) : (
            <>
              {over ? 'ended' : 'until'} <Time value={expiresDateTime} form="short" />
            </>
          )}
        </p>
        {ruleId === null && <Tag>Of every rule</Tag>}
      </div>
      {onEnd && (
        <Button size="small" variant="quiet" busy={busy} onClick={onEnd} aria-label={`End the exception: ${reason}`}>
          End
        </Button>
      )}
    </li>
  );
}
