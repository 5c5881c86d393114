import { queryOptions, useQuery } from '@tanstack/react-query';
import type { WaysIn } from '@throughline/model';
import type { ReactNode } from 'react';
import { api } from '../api/client.ts';
import { safeReturnPath } from '../app/return-path.ts';
import { Banner } from '../kit/index.ts';
import { ssoFailureWords } from './sso-words.ts';

const waysQuery = queryOptions({
  queryKey: ['ways-in'],
  queryFn: ({ signal }) => api<WaysIn>('/sign-in/ways', { signal }),
});

interface SsoButtonsProps {
  /** Where to go afterwards. */
  returnPath: string | undefined;
  /** Why the last try failed. */
  failure: string | undefined;
  /** The form for a password; put away when only break-glass accounts may use it. */
  children: ReactNode;
}

/** A button for each sign-in provider, above the form for a password. */
export function SsoButtons({ returnPath, failure, children }: SsoButtonsProps) {
  const { data: ways } = useQuery(waysQuery);
  const back = encodeURIComponent(safeReturnPath(returnPath));
  const providers = ways?.providers ?? [];
  return (
    <>
      {failure !== undefined && (
        <div className="pb-4">
          <Banner tone="failed">{ssoFailureWords(failure)}</Banner>
        </div>
      )}
      {providers.length > 0 && (
        <div className="flex flex-col gap-2 pb-5">
          {providers.map(({ id, name }) => (
            <a
              key={id}
              href={`/api/sign-in/sso/${id}?return=${back}`}
              className="flex h-8 items-center justify-center truncate rounded-md border border-n8 bg-raised px-3 font-medium text-n12 no-underline hover:bg-n3"
            >
              Continue with {name}
            </a>
          ))}
        </div>
      )}
      {ways?.local === false ? (
        <details>
          <summary className="cursor-pointer pb-4 text-n10">Break-glass account</summary>
          {children}
        </details>
      ) : (
        children
      )}
    </>
  );
}
