import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { ApiError } from '../api/error.ts';
import { meQuery } from '../api/session.ts';
import { readAuditSearch } from '../audit/audit-search.ts';
import { readLedgerSearch } from '../ledger/ledger-search.ts';
import { readNotificationsSearch } from '../notifications/notifications-search.ts';
import { readQueueSearch } from '../queue/queue-search.ts';
import { readIncidentSearch } from './incident-search.ts';
import { NotFound, PageError, PagePending } from './page-states.tsx';
import { usePageTitle } from './page-title.ts';
import { queryClient } from './query-client.ts';
import { parseSearch, textParam, writeSearch } from './search-params.ts';
import { Shell } from './shell.tsx';

function Root() {
  usePageTitle();
  return <Outlet />;
}

const rootRoute = createRootRoute({ component: Root, notFoundComponent: NotFound });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>) => textParam(search, 'return', 2_000),
  component: lazyRouteComponent(() => import('../signin/sign-in-page.tsx'), 'SignInPage'),
});

const kitRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/kit',
  component: lazyRouteComponent(() => import('../kit-page/kit-page.tsx'), 'KitPage'),
});

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { return: location.href } });
      }
      throw error;
    }
  },
});

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/incidents', replace: true });
  },
});

const queueRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/incidents',
  validateSearch: readQueueSearch,
  component: lazyRouteComponent(() => import('../queue/queue-page.tsx'), 'QueuePage'),
});

const incidentHomeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/incidents/$incidentId',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/incidents/$incidentId/$tab', params: { ...params, tab: 'summary' }, replace: true });
  },
});

const incidentRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/incidents/$incidentId/$tab',
  validateSearch: readIncidentSearch,
  component: lazyRouteComponent(() => import('../incident/incident-page.tsx'), 'IncidentPage'),
});

const ledgerRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/ledger',
  validateSearch: readLedgerSearch,
  component: lazyRouteComponent(() => import('../ledger/ledger-page.tsx'), 'LedgerPage'),
});

const tokensRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tokens',
  component: lazyRouteComponent(() => import('../tokens/tokens-page.tsx'), 'TokensPage'),
});

const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('../audit/audit-page.tsx'), 'AuditPage'),
});

const notificationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/notifications',
  validateSearch: readNotificationsSearch,
  component: lazyRouteComponent(() => import('../notifications/notifications-page.tsx'), 'NotificationsPage'),
});

const deviceGroupsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/device-groups',
  component: lazyRouteComponent(() => import('../access/device-groups-page.tsx'), 'DeviceGroupsPage'),
});

const rolesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/roles',
  component: lazyRouteComponent(() => import('../access/roles-page.tsx'), 'RolesPage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../settings/settings-page.tsx'), 'SettingsPage'),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  kitRoute,
  shellRoute.addChildren([
    homeRoute,
    queueRoute,
    incidentHomeRoute,
    incidentRoute,
    ledgerRoute,
    tokensRoute,
    auditRoute,
    notificationsRoute,
    deviceGroupsRoute,
    rolesRoute,
    settingsRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageError,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
