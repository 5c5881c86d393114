import { useMay, useMe } from '../api/session.ts';
import { NoPermission, PageHeader } from '../kit/index.ts';
import { PolicySection } from './policy-section.tsx';
import { ProvidersSection } from './providers-section.tsx';
import { SecondFactorPolicySection } from './second-factor-policy.tsx';

/** How people sign in: providers, passwords, second factors. */
export function SignInSettingsPage() {
  const me = useMe();
  const may = useMay('access.read');
  if (me && !may) return <NoPermission permission="access.read" />;
  return (
    <main className="h-full overflow-auto">
      <PageHeader
        title="Sign-in"
        lead="How people sign in: through your identity provider, by password, with a second factor."
      />
      <ProvidersSection />
      <PolicySection />
      <SecondFactorPolicySection />
    </main>
  );
}
