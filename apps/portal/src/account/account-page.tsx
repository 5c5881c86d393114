import { PageHeader } from '../kit/index.ts';
import { IdentitiesSection } from '../sign-in-settings/identities-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';
import { SessionsSection } from './sessions-section.tsx';

/** Everything about the own account. */
export function AccountPage() {
  return (
    <main className="h-full overflow-auto">
      <PageHeader title="Your account" lead="Who you are here, how you sign in, and where you are signed in." />
      <ProfileSection />
      <SecondFactorSection />
      <IdentitiesSection />
      <SessionsSection />
    </main>
  );
}
