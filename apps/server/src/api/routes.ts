import { auditRoutes } from '../audit/audit-routes.ts';
import { correlationSettingsRoutes } from '../correlation-settings/routes.ts';
import { detectionRoutes } from '../detection/routes.ts';
import { telemetryRoutes } from '../events/routes.ts';
import { defenderHuntRoutes } from '../hunting/defender-routes.ts';
import { huntRoutes } from '../hunting/hunt-routes.ts';
import { huntQueryRoutes } from '../hunting/query-routes.ts';
import { notificationRoutes } from '../notify/routes.ts';
import { peopleAreaRoutes } from '../people/routes.ts';
import { rearrangementRoutes } from '../rearrange/routes.ts';
import { scopeRoutes } from '../scope/routes.ts';
import { secondFactorRoutes } from '../second-factor/routes.ts';
import { settingsRoutes } from '../settings-api/routes.ts';
import { ssoRoutes } from '../sso/routes.ts';
import { tuningRoutes } from '../tuning/routes.ts';
import { accountRoutes } from './accounts.ts';
import { alertRoutes } from './alerts.ts';
import { commentRoutes } from './comments.ts';
import { deadLetterRoutes } from './dead-letters.ts';
import { eventRoutes } from './events.ts';
import { firstRunRoutes } from './first-run.ts';
import { healthRoutes } from './health.ts';
import { incidentItemRoutes } from './incident.ts';
import { incidentRoutes } from './incidents.ts';
import { intakeRoutes } from './intake.ts';
import { ledgerRoutes } from './ledger.ts';
import { meRoutes } from './me.ts';
import type { OpenApiDocument } from './openapi.ts';
import { documentRoutes } from './openapi-routes.ts';
import type { Route } from './route.ts';
import { sessionRoutes } from './session.ts';
import { suggestionRoutes } from './suggestions.ts';
import { tokenRoutes } from './tokens.ts';

/** Every route of the API, in the order of its documentation. Fixed names come before `{id}`, which would take them. */
export function apiRoutes(document: () => OpenApiDocument): Route[] {
  return [
    ...rearrangementRoutes,
    ...incidentRoutes,
    ...incidentItemRoutes,
    ...commentRoutes,
    ...suggestionRoutes,
    ...alertRoutes,
    ...huntRoutes,
    ...defenderHuntRoutes,
    ...huntQueryRoutes,
    ...eventRoutes,
    ...telemetryRoutes,
    ...detectionRoutes,
    ...intakeRoutes,
    ...ledgerRoutes,
    ...deadLetterRoutes,
    ...sessionRoutes,
    ...ssoRoutes,
    ...meRoutes,
    ...secondFactorRoutes,
    ...accountRoutes,
    ...peopleAreaRoutes,
    ...tokenRoutes,
    ...scopeRoutes,
    ...auditRoutes,
    ...notificationRoutes,
    ...tuningRoutes,
    ...settingsRoutes,
    ...correlationSettingsRoutes,
    ...healthRoutes,
    ...firstRunRoutes,
    ...documentRoutes(document),
  ];
}
