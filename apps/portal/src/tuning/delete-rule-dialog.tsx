import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TuningRule } from '@throughline/model';
import { useState } from 'react';
import { Button, Checkbox, Dialog, useToast } from '../kit/index.ts';
import { changeTuningRule, deleteTuningRule, releaseAll, tuningKey, tuningMatchesQuery } from './tuning-api.ts';

/** Asks before a rule is deleted for good. */
export function DeleteRuleDialog({ rule, onClose }: { rule: TuningRule; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const hidden = useQuery(tuningMatchesQuery(rule.id)).data?.hidden ?? 0;
  const [release, setRelease] = useState(false);
  const run = useMutation({
    mutationFn: async () => {
      if (release && hidden > 0) {
        if (rule.enabled) await changeTuningRule(rule.id, { enabled: false });
        await releaseAll(rule.id, '');
      }
      await deleteTuningRule(rule.id);
    },
    onSuccess: () => {
      onClose();
      toast({ message: `Tuning rule ${rule.name} deleted` });
    },
    onError: (error) => toast({ tone: 'failed', message: `Not deleted: ${error.message}` }),
    // What a rule did is not asked of one that is gone.
    onSettled: (_, error) =>
      client.invalidateQueries({
        queryKey: tuningKey,
        predicate: ({ queryKey }) => error !== null || queryKey.at(-1) !== rule.id,
      }),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Delete ${rule.name}?`}
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button variant="danger" busy={run.isPending} onClick={() => run.mutate()}>
            Delete the rule
          </Button>
        </>
      }
    >
      <p>
        Alerts from now on are not touched by it. The {rule.matched} it applied to stay where they are and go on naming
        it. This cannot be undone.
      </p>
      {hidden > 0 && (
        <div className="pt-3">
          <Checkbox
            label={`Release the ${hidden.toLocaleString('en')} that it hides into the queue first`}
            checked={release}
            onChange={setRelease}
          />
        </div>
      )}
    </Dialog>
  );
}
