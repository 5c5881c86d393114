import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { NotificationRule } from '@throughline/model';
import { Button, Dialog, useToast } from '../kit/index.ts';
import { deleteRule, notificationsKey } from './notifications-api.ts';

/** Asks before a rule goes. */
export function DeleteRule({ rule, onClose }: { rule: NotificationRule; onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () => deleteRule(rule.id),
    onSuccess: async () => {
      onClose();
      toast({ message: `Rule ${rule.name} deleted` });
      await client.invalidateQueries({ queryKey: notificationsKey });
    },
    onError: (error) => toast({ tone: 'failed', message: `Not deleted: ${error.message}` }),
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
          <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            Delete the rule
          </Button>
        </>
      }
    >
      <p>
        Its messages that still wait are discarded. What was sent stays in the list of messages. This cannot be undone.
      </p>
    </Dialog>
  );
}
