import { useMe } from '../api/session.ts';
import { Banner } from '../kit/index.ts';

/** Says so all the time when somebody came in with a break-glass account. */
export function BreakGlassBanner() {
  if (useMe()?.breakGlass !== true) return null;
  return (
    <div className="px-4 pt-2">
      <Banner tone="warning" title="You are signed in with a break-glass account">
        It is for when the sign-in provider is away. This sign-in is in the audit log.
      </Banner>
    </div>
  );
}
