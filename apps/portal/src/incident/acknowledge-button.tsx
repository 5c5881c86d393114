import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { IncidentEscalation } from '@throughline/model';
import { api } from '../api/client.ts';
import { Button, useToast } from '../kit/index.ts';

const escalationQuery = (incidentId: number) =>
  queryOptions({
    queryKey: ['incident', incidentId, 'escalation'],
    refetchInterval: 60_000,
    queryFn: async ({ signal }) =>
      (await api<{ escalation: IncidentEscalation | null }>(`/incidents/${incidentId}/escalation`, { signal }))
        .escalation,
  });

/** Takes an incident up while it escalates; nothing is shown when it does not. */
export function AcknowledgeButton({ incidentId, may }: { incidentId: number; may: boolean }) {
  const client = useQueryClient();
  const toast = useToast();
  const escalation = useQuery(escalationQuery(incidentId)).data;
  const run = useMutation({
    mutationFn: () => api(`/incidents/${incidentId}/acknowledge`, { method: 'POST' }),
    onSuccess: () => toast({ message: 'Acknowledged: the escalation stopped' }),
    onError: (error) => toast({ tone: 'failed', message: `Not acknowledged: ${error.message}` }),
    onSettled: () => client.invalidateQueries(),
  });
  if (escalation?.state !== 'running') return null;
  return (
    <Button
      busy={run.isPending}
      onClick={() => run.mutate()}
      disabledReason={may ? undefined : 'Acknowledging needs the permission incidents.manage'}
    >
      Acknowledge
    </Button>
  );
}
