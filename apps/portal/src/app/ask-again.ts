import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Reads again what a change touched. A first answer that is still on its way was asked for before the change, and would
 * pass for fresh when it comes: it is given up.
 */
export async function askAgain(client: QueryClient, queryKey: QueryKey): Promise<void> {
  await client.cancelQueries({ queryKey, predicate: ({ state }) => state.data === undefined });
  await client.invalidateQueries({ queryKey });
}
