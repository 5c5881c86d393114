import { queryOptions } from '@tanstack/react-query';
import type { Organization } from '@throughline/model';
import { setOrganizationZone } from '../kit/zone.ts';
import { api } from './client.ts';

/** The organisation's name and zone; also makes the zone that of people who have chosen none. */
export const organizationQuery = queryOptions({
  queryKey: ['organization'],
  staleTime: 300_000,
  queryFn: async ({ signal }) => {
    const organization = await api<Organization>('/organization', { signal });
    setOrganizationZone(organization.timeZone);
    return organization;
  },
});
