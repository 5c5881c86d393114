import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { startLive } from '../api/live.ts';
import { organizationQuery } from '../api/organization.ts';
import { type KeyBinding, KeyHelp, useKeys } from '../kit/index.ts';
import { SettingsFrame } from '../settings/settings-frame.tsx';
import { settingsPageAt } from '../settings/settings-pages.ts';
import { BreakGlassBanner } from './break-glass-banner.tsx';
import { LiveBanner } from './live-state.tsx';
import { Rail } from './rail.tsx';
import { focusSearch } from './search-box.tsx';
import { useStored } from './stored.ts';
import { TopBar } from './top-bar.tsx';

/** What stands around every page: the rail, the top bar, the help sheet, the one live stream. */
export function Shell() {
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  const [menu, setMenu] = useState(false);
  const [rail, setRail] = useStored('rail', 'wide');
  useEffect(startLive, []);
  useQuery(organizationQuery);
  useKeys(
    'Everywhere',
    useMemo<KeyBinding[]>(
      () => [
        { key: '/', label: 'Search', run: focusSearch },
        { key: '?', label: 'This help', run: () => setHelp(true) },
        { key: 'g i', label: 'Go to incidents', run: () => void navigate({ to: '/incidents' }) },
        { key: 'g l', label: 'Go to the ledger', run: () => void navigate({ to: '/ledger' }) },
        { key: 'g s', label: 'Go to settings', run: () => void navigate({ to: '/settings' }) },
        { key: 'g t', label: 'Go to API tokens', run: () => void navigate({ to: '/tokens' }) },
      ],
      [navigate],
    ),
  );
  return (
    <div className="flex h-full flex-col">
      <a
        href="#page"
        className="absolute top-1 left-1 z-50 -translate-y-16 rounded-md bg-raised px-3 py-1.5 shadow-lift focus:translate-y-0"
      >
        Skip to the page
      </a>
      <TopBar onHelp={() => setHelp(true)} menuOpen={menu} onMenu={() => setMenu(!menu)} />
      <div className="flex min-h-0 flex-1">
        <Rail
          wide={rail === 'wide'}
          onWide={(wide) => setRail(wide ? 'wide' : 'narrow')}
          open={menu}
          onNavigate={() => setMenu(false)}
        />
        <div id="page" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none!">
          <BreakGlassBanner />
          <LiveBanner />
          <div className="min-h-0 flex-1">
            <Framed />
          </div>
        </div>
      </div>
      <KeyHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}

/** The page, and for settings what leads from one to the next. */
function Framed() {
  const current = useRouterState({ select: ({ location }) => settingsPageAt(location.pathname) });
  if (current === undefined) return <Outlet />;
  return (
    <SettingsFrame current={current}>
      <Outlet />
    </SettingsFrame>
  );
}
