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
import { readCorrelationSearch } from '../correlation-settings/correlation-search.ts';
import { readDetectionsSearch } from '../detections/detections-search.ts';
import { readHuntingSearch } from '../hunting/hunting-search.ts';
import { readLedgerSearch } from '../ledger/ledger-search.ts';
import { readNotificationsSearch } from '../notifications/notifications-search.ts';
import { readPeopleSearch } from '../people/people-search.ts';
import { readQueueSearch } from '../queue/queue-search.ts';
import { readTuningSearch } from '../tuning/tuning-search.ts';
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
  validateSearch: (search: Record<string, unknown>) => ({
    ...textParam(search, 'return', 2_000),
    ...textParam(search, 'sso', 40),
  }),
  component: lazyRouteComponent(() => import('../signin/sign-in-page.tsx'), 'SignInPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../people/invitation-page.tsx'), 'InvitationPage'),
});

const acknowledgeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/acknowledge',
  component: lazyRouteComponent(() => import('../acknowledge/acknowledge-page.tsx'), 'AcknowledgePage'),
});

const kitRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/kit',
  component: lazyRouteComponent(() => import('../kit-page/kit-page.tsx'), 'KitPage'),
});

const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/set-up',
  validateSearch: (search: Record<string, unknown>) => textParam(search, 'return', 2_000),
  component: lazyRouteComponent(() => import('../account/set-up-page.tsx'), 'SetUpPage'),
});

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  beforeLoad: async ({ location }) => {
    try {
      const me = await queryClient.ensureQueryData(meQuery);
      if (me.secondFactorRequired) throw redirect({ to: '/set-up', search: { return: location.href } });
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

const huntingRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/hunting',
  validateSearch: readHuntingSearch,
  component: lazyRouteComponent(() => import('../hunting/hunting-page.tsx'), 'HuntingPage'),
});

const detectionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/detections',
  validateSearch: readDetectionsSearch,
  component: lazyRouteComponent(() => import('../detections/detections-page.tsx'), 'DetectionsPage'),
});

const detectionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/detections/$ruleId',
  component: lazyRouteComponent(() => import('../detections/rule-page.tsx'), 'RulePage'),
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

const peopleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/people',
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import('../people/people-page.tsx'), 'PeoplePage'),
});

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account',
  validateSearch: (search: Record<string, unknown>) => textParam(search, 'sso', 40),
  component: lazyRouteComponent(() => import('../account/account-page.tsx'), 'AccountPage'),
});

const generalRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/general',
  component: lazyRouteComponent(() => import('../settings/general-page.tsx'), 'GeneralPage'),
});

const sourcesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/sources',
  component: lazyRouteComponent(() => import('../settings/sources-page.tsx'), 'SourcesPage'),
});

const retentionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/retention',
  component: lazyRouteComponent(() => import('../settings/retention-page.tsx'), 'RetentionPage'),
});

const correlationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/correlation',
  validateSearch: readCorrelationSearch,
  component: lazyRouteComponent(() => import('../correlation-settings/correlation-page.tsx'), 'CorrelationPage'),
});

const automationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/automation',
  component: lazyRouteComponent(() => import('../settings/automation-page.tsx'), 'AutomationPage'),
});

const tuningRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/tuning',
  validateSearch: readTuningSearch,
  component: lazyRouteComponent(() => import('../tuning/tuning-page.tsx'), 'TuningPage'),
});

const signInSettingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/sign-in',
  component: lazyRouteComponent(() => import('../sign-in-settings/sign-in-settings-page.tsx'), 'SignInSettingsPage'),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  setUpRoute,
  invitationRoute,
  acknowledgeRoute,
  kitRoute,
  shellRoute.addChildren([
    homeRoute,
    queueRoute,
    incidentHomeRoute,
    incidentRoute,
    huntingRoute,
    detectionsRoute,
    detectionRoute,
    ledgerRoute,
    tokensRoute,
    accountRoute,
    auditRoute,
    notificationsRoute,
    deviceGroupsRoute,
    signInSettingsRoute,
    rolesRoute,
    peopleRoute,
    settingsRoute,
    generalRoute,
    sourcesRoute,
    retentionRoute,
    correlationRoute,
    automationRoute,
    tuningRoute,
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
