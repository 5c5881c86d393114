import { health } from '@throughline/model';
import type { Route } from './route.ts';
import { route } from './route.ts';

export const healthRoutes: Route[] = [
  route({
    method: 'get',
    path: '/api/health',
    access: 'public',
    chapter: 'Server',
    summary: 'Whether the server and its engines are ready',
    description: 'Answers 503 while the server starts. `degraded` means that an engine is away and being restarted.',
    answer: health.meta({ id: 'Health' }),
    refusals: [503],
    handle: async ({ c, health: report }) => {
      const now = await report();
      return c.json(now, now.status === 'starting' ? 503 : 200);
    },
  }),
];
