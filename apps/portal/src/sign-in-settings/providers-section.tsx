import { useQuery } from '@tanstack/react-query';
import type { SignInProvider } from '@throughline/model';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Section } from '../account/section.tsx';
import { useMay } from '../api/session.ts';
import { Button, CopyButton, EmptyState, ErrorState, SkeletonRows, Tag, useLate } from '../kit/index.ts';
import { MappingsDialog } from './mappings-dialog.tsx';
import { ProviderDialog } from './provider-dialog.tsx';
import { providersQuery } from './sso-api.ts';

type Open = { kind: 'provider'; provider?: SignInProvider } | { kind: 'mappings'; provider: SignInProvider };

/** The sign-in providers, the address to register with them, and what their groups give. */
export function ProvidersSection() {
  const providers = useQuery(providersQuery);
  const late = useLate(providers.isPending);
  const mayChange = useMay('access.manage');
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <Section
      title="Single sign-on"
      lead="OpenID Connect providers, as Entra ID, Keycloak or Okta. People are known by issuer and subject, never by name or mail address."
      actions={
        mayChange && (
          <Button icon={Plus} onClick={() => setOpen({ kind: 'provider' })}>
            Add a provider
          </Button>
        )
      }
    >
      {providers.isError ? (
        <ErrorState
          title="The providers could not be loaded"
          error={providers.error}
          onRetry={() => void providers.refetch()}
        />
      ) : providers.data === undefined ? (
        late && <SkeletonRows rows={2} />
      ) : (
        <>
          <p className="flex flex-wrap items-center gap-x-2 text-n10">
            Redirect address to register with the provider:
            <code className="min-w-0 break-all text-n12">{providers.data.redirectUri}</code>
            <CopyButton text={providers.data.redirectUri} label="Copy the redirect address" />
          </p>
          {providers.data.items.length === 0 ? (
            <EmptyState title="No provider yet">People sign in by password or one-time link.</EmptyState>
          ) : (
            <ul className="flex flex-col gap-2">
              {providers.data.items.map((provider) => (
                <ProviderRow
                  key={provider.id}
                  provider={provider}
                  onEdit={mayChange ? () => setOpen({ kind: 'provider', provider }) : undefined}
                  onMappings={() => setOpen({ kind: 'mappings', provider })}
                />
              ))}
            </ul>
          )}
        </>
      )}
      {open?.kind === 'provider' && (
        <ProviderDialog {...(open.provider && { provider: open.provider })} onClose={close} />
      )}
      {open?.kind === 'mappings' && <MappingsDialog provider={open.provider} onClose={close} />}
    </Section>
  );
}

interface ProviderRowProps {
  provider: SignInProvider;
  onEdit: (() => void) | undefined;
  onMappings: () => void;
}

function ProviderRow({ provider, onEdit, onMappings }: ProviderRowProps) {
  const { name, issuer, enabled, proven, accounts, admission } = provider;
  return (
    <li className="hairline flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border px-3 py-2">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          {enabled ? proven ? <Tag tone="ok">Proven</Tag> : <Tag tone="pending">Not proven yet</Tag> : <Tag>Off</Tag>}
        </p>
        <p className="text-12 break-all text-n10">{issuer}</p>
        <p className="text-12 text-n9">
          {accounts === 1 ? '1 linked account' : `${accounts} linked accounts`} ·{' '}
          {admission === 'mapped' ? 'only people with a mapped group come in' : 'everyone comes in, as reader at least'}
        </p>
      </div>
      <div className="flex gap-2">
        <Button onClick={onMappings}>
          Mappings<span className="sr-only"> of {name}</span>
        </Button>
        {onEdit && (
          <Button onClick={onEdit}>
            Edit<span className="sr-only"> {name}</span>
          </Button>
        )}
      </div>
    </li>
  );
}
