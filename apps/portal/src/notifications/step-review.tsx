import { useQuery } from '@tanstack/react-query';
import { Banner, KeyValueList, Link, ScrollRegion, Skeleton } from '../kit/index.ts';
import { previewQuery, webhooksQuery } from './notifications-api.ts';
import { bodyOf } from './rule-draft.ts';
import type { StepProps } from './rule-wizard.tsx';
import { whenWords } from './rules-tab.tsx';

export function StepReview({ draft }: StepProps) {
  const body = bodyOf(draft);
  const hooks = useQuery(webhooksQuery);
  const names = draft.webhooks.map((id) => hooks.data?.find((hook) => hook.id === id)?.name ?? `webhook ${id}`);
  return (
    <div className="grid items-start gap-5 md:grid-cols-2">
      <KeyValueList
        items={[
          { key: 'Name', value: body.name },
          ...(body.description === '' ? [] : [{ key: 'Description', value: body.description }]),
          { key: 'State', value: body.enabled ? 'On' : 'Off' },
          { key: 'Alerts', value: whenWords(body) },
          { key: 'How often', value: oftenWords(draft) },
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
          {incidents.toLocaleString('en')} {incidents === 1 ? 'incident' : 'incidents'}
        </strong>{' '}
        in the last {days} days.
      </p>
      <p className="text-12 text-n9">
        {incidentId === null ? (
          'The mail, for an invented incident, as text:'
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
