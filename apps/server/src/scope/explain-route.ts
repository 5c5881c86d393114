import { explainVisibility, permissionsOfRights, sourcesFor, visibilitySentence } from '@throughline/access';
import { visibilityAnswer } from '@throughline/model';
import { visibilityFacts } from '@throughline/store';
import { z } from 'zod';
import type { Route } from '../api/route.ts';
import { route } from '../api/route.ts';
import { found } from '../http/api-error.ts';

const id = z.coerce.number().int().min(1).max(2_147_483_647);

export const explainRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/access/explain',
    access: 'access.read',
    chapter: 'Access',
    summary: 'Whether an account sees an incident, and why',
    query: z.strictObject({ account: id, incident: id }),
    answer: visibilityAnswer.meta({ id: 'Visibility' }),
    refusals: [404],
    handle: async ({ db, principal, query }) => {
      const facts = found(await visibilityFacts(db, principal.tenantId, query.account, query.incident), 'account');
      const { account, incident } = facts;
      const permissions = permissionsOfRights(account);
      const incidentGroups = incident?.groups ?? [];
      const reached = sourcesFor(account, 'incidents.read');
      const sources = reached && { mode: reached.mode, sources: [...reached.sources] };
      const { visible, reason } = explainVisibility({
        disabled: account.disabled,
        permissions,
        groups: account.groups,
        sources,
        alerts: incident === null ? null : incident.alerts,
      });
      return {
        visible,
        reason,
        sentence: visibilitySentence(reason),
        permissions,
        scope: account.scope,
        sources,
        incidentSources: [...new Set(incident?.alerts.map(({ source }) => source))].sort(),
        incidentGroups,
      };
    },
  }),
];
