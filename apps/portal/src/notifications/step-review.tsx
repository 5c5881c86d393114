import { useQuery } from '@tanstack/react-query';
import { Banner, KeyValueList, Link, ScrollRegion, Skeleton } from '../kit/index.ts';
import { groupsQuery, previewQuery, webhooksQuery } from './notifications-api.ts';
import { bodyOf } from './rule-draft.ts';
import type { StepProps } from './rule-wizard.tsx';
import { groupWords, kindNames, kindWords, whenWords } from './rule-words.ts';

export function StepReview({ draft }: StepProps) {
  const body = bodyOf(draft);
  const groups = useQuery(groupsQuery);
  const hooks = useQuery({ ...webhooksQuery, enabled: draft.webhooks.length > 0 });
  const grouped = body.kind === 'incident' || body.kind === 'action';
  const names = draft.webhooks.map((id) => hooks.data?.find((hook) => hook.id === id)?.name ?? `webhook ${id}`);
  return (
    <div className="grid items-start gap-5 md:grid-cols-2">
      <KeyValueList
        items={[
          { key: 'Name', value: body.name },
          ...(body.description === '' ? [] : [{ key: 'Description', value: body.description }]),
          { key: 'Kind', value: kindNames[body.kind] },
          { key: 'State', value: body.enabled ? 'On' : 'Off' },
          { key: body.kind === 'incident' ? 'Alerts' : 'About', value: whenWords(body) },
          ...(grouped
            ? [{ key: 'Device groups', value: groupWords(body.deviceGroups, groups.data?.items ?? []) }]
            : []),
          ...(body.kind === 'incident' ? [{ key: 'How often', value: oftenWords(draft) }] : []),
          { key: 'Organization', value: body.includeOrganization ? 'In the mail' : 'Not in the mail' },
          { key: 'Portal link', value: body.includeLink ? 'In the mail' : 'Not in the mail' },
          { key: 'Recipients', value: body.recipients.length === 0 ? 'None by mail' : body.recipients.join(', ') },
          ...(names.length === 0 ? [] : [{ key: 'Webhooks', value: names.join(', ') }]),
        ]}
      />
      <Preview body={body} />
    </div>
  );
}

const oneWords = { incident: 'incident', action: 'response action', report: 'threat report', operations: 'condition' };

function manyWords(kind: keyof typeof oneWords): string {
  return kind === 'operations' ? 'conditions' : kindWords[kind];
}

function Preview({ body }: { body: ReturnType<typeof bodyOf> }) {
  const preview = useQuery(previewQuery(body));
  if (preview.isError) return <Banner tone="failed">{preview.error.message}</Banner>;
  if (preview.isPending) return <Skeleton className="h-48" />;
  const { days, incidents, incidentId, mail } = preview.data;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p>
        Would have told about{' '}
        <strong className="font-semibold">
          {incidents.toLocaleString('en')} {incidents === 1 ? oneWords[body.kind] : manyWords(body.kind)}
        </strong>{' '}
        in the last {days} days.
      </p>
      <p className="text-12 text-n9">
        {incidentId === null ? (
          body.kind === 'incident' ? (
            'The mail, for an invented incident, as text:'
          ) : (
            'The mail, as text:'
          )
        ) : (
          <>
            The mail about the newest of them,{' '}
            <Link
              to="/incidents/$incidentId"
              params={{ incidentId: String(incidentId) }}
              target="_blank"
              className="underline"
            >
              incident {incidentId}
            </Link>
            , as text:
          </>
        )}
      </p>
      <ScrollRegion
        label="Preview of the mail"
        maxHeight={300}
        className="hairline overflow-y-auto rounded-md border bg-n2 px-3 py-2"
      >
        <p className="pb-2 font-semibold wrap-anywhere">{mail.subject}</p>
        <pre className="wrap-anywhere whitespace-pre-wrap">{mail.text}</pre>
      </ScrollRegion>
    </div>
  );
}

function oftenWords({ firstOnly, quietMinutes }: StepProps['draft']): string {
  if (firstOnly) return 'Once per incident';
  return quietMinutes === 0 ? 'Every update at once' : `At once, then at most every ${quietMinutes} minutes`;
}
