import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { AlertChange, AlertDetail } from '@throughline/model';
import { api } from '../api/client.ts';
import { useMay, useMe } from '../api/session.ts';
import { Button, useToast } from '../kit/index.ts';
import { alertQuery, refreshIncident } from './incident-data.ts';

/** Take it, close it: the two things done to a single alert. Both can be undone. */
export function AlertActions({ detail }: { detail: AlertDetail }) {
  const { alert, incident } = detail;
  const client = useQueryClient();
  const toast = useToast();
  const me = useMe();
  const may = useMay('incidents.manage');
  const mayTune = useMay('tuning.manage');
  const navigate = useNavigate();
  const change = useMutation({
    mutationFn: (body: AlertChange) => api(`/alerts/${encodeURIComponent(alert.id)}`, { method: 'PATCH', body }),
    onSuccess: () =>
      Promise.all([client.invalidateQueries(alertQuery(alert.id)), refreshIncident(client, incident.id)]),
    onError: (error) => toast({ message: error.message, tone: 'failed' }),
  });
  const send = async (body: AlertChange, back: AlertChange, message: string) => {
    await change.mutateAsync(body).then(
      () => toast({ message, undo: () => change.mutate(back) }),
      () => undefined,
    );
  };
  const reason = may ? undefined : 'It needs the permission incidents.manage';
  const before = alert.status === 'inProgress' ? 'inProgress' : 'new';
  return (
    <>
      {alert.status === 'resolved' ? (
        <Button
          disabledReason={reason}
          busy={change.isPending}
          onClick={() => void send({ status: 'new' }, { status: 'resolved' }, 'Alert opened again')}
        >
          Open again
        </Button>
      ) : (
        <Button
          disabledReason={reason}
          busy={change.isPending}
          onClick={() => void send({ status: 'resolved' }, { status: before }, 'Alert resolved')}
        >
          Resolve alert
        </Button>
      )}
      {me && alert.assignedTo !== me.userName && (
        <Button
          disabledReason={reason}
          busy={change.isPending}
          onClick={() =>
            void send({ assignedTo: me.userName }, { assignedTo: alert.assignedTo }, 'Alert assigned to you')
          }
        >
          Assign to me
        </Button>
      )}
      {mayTune && (
        <Button variant="quiet" onClick={() => void navigate({ to: '/settings/tuning', search: { alert: alert.id } })}>
          Create tuning rule
        </Button>
      )}
    </>
  );
}
