import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { meQuery, signOut } from '../api/session.ts';
import { safeReturnPath } from '../app/return-path.ts';
import { Banner, Button, PageHeader } from '../kit/index.ts';
import { secondFactorsQuery } from './account-api.ts';
import { SecondFactorSection } from './second-factor-section.tsx';

/** What somebody sees who must have a second factor and has none. */
export function SetUpPage() {
  const search = useSearch({ from: '/set-up' });
  const router = useRouter();
  const client = useQueryClient();
  const factors = useQuery(secondFactorsQuery).data;
  const ready = factors !== undefined && (factors.authenticator !== null || factors.passkeys.length > 0);
  const goOn = async () => {
    await client.fetchQuery({ ...meQuery, staleTime: 0 });
    router.history.push(safeReturnPath(search.return));
  };
  return (
    <main className="mx-auto h-full max-w-180 overflow-auto pt-8">
      <PageHeader
        title="One more step"
        lead="Your organisation asks for a second factor. Set up a passkey or an authenticator app; it takes a minute."
        actions={
          <Button variant="quiet" onClick={() => void signOut().then(() => window.location.assign('/sign-in'))}>
            Sign out
          </Button>
        }
      />
      {ready && (
        <div className="px-4 pb-4">
          <Banner
            tone="ok"
            action={
              <Button variant="primary" size="small" onClick={() => void goOn()}>
                Continue
              </Button>
            }
          >
            It is set up. Keep your recovery codes somewhere safe.
          </Banner>
        </div>
      )}
      <SecondFactorSection />
    </main>
  );
}
