import { useQuery } from '@tanstack/react-query';
import type { Person, TenantToken } from '@throughline/model';
import { useState } from 'react';
import { scopeWords } from '../app/words.ts';
import { Button, Time } from '../kit/index.ts';
import { tenantTokensQuery } from './people-api.ts';
import { RevokeDialog } from './revoke-dialog.tsx';
import { ServiceTokenDialog } from './service-token-dialog.tsx';
import { Expiry, hasEnded } from './token-columns.tsx';

/** The tokens of an account; those of a service account are made and replaced here. */
export function AccountTokens({ person, disabledReason }: { person: Person; disabledReason: string | undefined }) {
  const tokens = useQuery(tenantTokensQuery(person.id));
  const [making, setMaking] = useState<TenantToken | 'new'>();
  const [revoking, setRevoking] = useState<TenantToken>();
  const service = person.kind === 'service';
  return (
    <section aria-labelledby="account-tokens" className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <h2 id="account-tokens" className="font-medium">
          API tokens
        </h2>
        {service && (
          <Button
            size="small"
            disabledReason={disabledReason ?? (person.disabled ? 'Enable the account first' : undefined)}
            onClick={() => setMaking('new')}
          >
            Make a token
          </Button>
        )}
      </div>
      {tokens.isError ? (
        <p className="text-high">{tokens.error.message}</p>
      ) : tokens.data?.length === 0 ? (
        <p className="text-n10">None.</p>
      ) : (
        <ul className="flex flex-col">
          {tokens.data?.map((token) => (
            <li key={token.id} className="hairline flex items-center gap-2 border-t py-2">
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{token.name}</span>
                <span className="block text-12 text-n10">
                  {token.scopes.map((scope) => scopeWords[scope].label).join(', ')} · {!hasEnded(token) && 'ends '}
                  <Expiry token={token} /> ·{' '}
                  {token.lastUsedDateTime === null ? (
                    'never used'
                  ) : (
                    <>
                      used <Time value={token.lastUsedDateTime} form="ago" />
                    </>
                  )}
                </span>
              </span>
              {service && (
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={`Replace ${token.name}`}
                  disabledReason={disabledReason ?? (hasEnded(token) ? 'It has ended: make a new one' : undefined)}
                  onClick={() => setMaking(token)}
                >
                  Replace
                </Button>
              )}
              <Button
                size="small"
                variant="quiet"
                aria-label={`Revoke ${token.name}`}
                disabledReason={disabledReason}
                onClick={() => setRevoking(token)}
              >
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      )}
      {making !== undefined && (
        <ServiceTokenDialog
          account={person}
          {...(making !== 'new' && { replaces: making })}
          onClose={() => setMaking(undefined)}
        />
      )}
      {revoking && <RevokeDialog token={revoking} onClose={() => setRevoking(undefined)} />}
    </section>
  );
}
