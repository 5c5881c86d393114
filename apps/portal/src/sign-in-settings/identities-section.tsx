import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Section } from '../account/section.tsx';
import { Banner, Button, Time, useToast } from '../kit/index.ts';
import { ssoFailureWords } from '../signin/sso-words.ts';
import { beginLink, identitiesQuery, signInKey, unlink } from './sso-api.ts';

/** The providers the own account is linked to; shown when there is one. */
export function IdentitiesSection() {
  const client = useQueryClient();
  const toast = useToast();
  const { sso } = useSearch({ from: '/shell/account' });
  const identities = useQuery(identitiesQuery);
  const link = useMutation({ mutationFn: beginLink, onSuccess: ({ url }) => window.location.assign(url) });
  const remove = useMutation({
    mutationFn: unlink,
    onSuccess: () => toast({ message: 'Unlinked' }),
    onSettled: () => client.invalidateQueries({ queryKey: signInKey }),
  });
  if (identities.data === undefined) return null;
  const { items, providers } = identities.data;
  if (items.length + providers.length === 0) return null;
  const error = link.error ?? remove.error;
  return (
    <Section
      title="Single sign-on"
      lead="A linked account can be entered through the provider."
      actions={providers.map(({ id, name }) => (
        <Button key={id} busy={link.isPending} onClick={() => link.mutate(id)}>
          Link to {name}
        </Button>
      ))}
    >
      {sso !== undefined && <Banner tone="failed">Not linked. {ssoFailureWords(sso)}</Banner>}
      {error && <Banner tone="failed">{error.message}</Banner>}
      <ul className="flex flex-col gap-2">
        {items.map(({ id, providerName, subject, linkedDateTime }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span className="min-w-0 flex-1 basis-60">
              <span className="font-medium">{providerName}</span>
              <span className="block text-12 break-all text-n9">
                {subject} · linked <Time value={linkedDateTime} />
              </span>
            </span>
            <Button busy={remove.isPending} onClick={() => remove.mutate(id)}>
              Unlink<span className="sr-only"> {providerName}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
