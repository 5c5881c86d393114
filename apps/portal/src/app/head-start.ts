import { incidentsQuery } from '../api/incidents.ts';
import { meQuery } from '../api/session.ts';
import { readQueueSearch } from '../queue/queue-search.ts';
import { listQuery, readQueue } from '../queue/queue-state.ts';
import { queryClient } from './query-client.ts';
import { parseSearch } from './search-params.ts';

/**
 * Asks at once for what the queue will need — who is here, the page's code, its first rows — instead of one after the
 * other. Does nothing for other pages.
 */
export function headStart({ pathname, search }: Pick<Location, 'pathname' | 'search'>): void {
  if (pathname !== '/' && pathname !== '/incidents') return;
  void import('../queue/queue-page.tsx');
  const asked = listQuery(readQueue(readQueueSearch(parseSearch(search))));
  void queryClient.ensureQueryData(meQuery).then(
    () => queryClient.prefetchInfiniteQuery(incidentsQuery(asked)),
    // Nobody is signed in: the router says so.
    () => undefined,
  );
}
