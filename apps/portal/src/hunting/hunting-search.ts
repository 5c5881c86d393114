import { textParam } from '../app/search-params.ts';

/** Queries up to this many characters stand in the address; longer ones are shared by saving them. */
export const longestInAddress = 1_500;

/** The hunting page's address: the query, the time it looks at, how results are shown, and the row that is open. */
export interface HuntingSearch {
  q?: string;
  from?: string;
  to?: string;
  view?: string;
  /** A saved query to open. */
  saved?: string;
  /** Runs the query at once, as hunts chosen elsewhere do. */
  run?: string;
}

export function readHuntingSearch(search: Record<string, unknown>): HuntingSearch {
  return {
    ...textParam(search, 'q', longestInAddress),
    ...textParam(search, 'from', 40),
    ...textParam(search, 'to', 40),
    ...textParam(search, 'view', 20),
    ...textParam(search, 'saved', 12),
    ...textParam(search, 'run', 1),
  };
}
