import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TuningRule } from '@throughline/model';
import { Button, Dialog, useToast } from '../kit/index.ts';
import { deleteTuningRule, tuningKey } from './tuning-api.ts';

/** Asks before a rule is deleted for good. */
export function DeleteRuleDialog({ rule, onClose }: { rule: TuningRule; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const run = useMutation({
    mutationFn: () => deleteTuningRule(rule.id),
    onSuccess: () => {
      onClose();
      toast({ message: `Tuning rule ${rule.name} deleted` });
    },
    onError: (error) => toast({ tone: 'failed', message: `Not deleted: ${error.message}` }),
    onSettled: () => client.invalidateQueries({ queryKey: tuningKey }),
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
    </Dialog>
  );
}
