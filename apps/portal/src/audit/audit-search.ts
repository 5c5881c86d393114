import { type AuditFilter, auditActions, auditOutcomes } from '@throughline/model';
import { pickText, readList } from '../app/search-params.ts';

const names = ['actor', 'action', 'outcome', 'target', 'from', 'to', 'entry'] as const;

/** Which entries are listed, and the one that is open; lists with commas. */
export type AuditSearch = { [name in (typeof names)[number]]?: string };

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  return pickText(search, names);
}

/** The filter of an address; words it does not know are left out. */
export function auditFilterOf({ actor, action, outcome, target, from, to }: AuditSearch): AuditFilter {
  const actions = known(auditActions, action);
  const outcomes = known(auditOutcomes, outcome);
  return {
    ...(actor && { actor }),
    ...(target && /^[A-Za-z]{1,40}(\/.{1,200})?$/s.test(target) && { target }),
    ...(actions.length > 0 && { action: actions }),
    ...(outcomes.length > 0 && { outcome: outcomes }),
    ...(isInstant(from) && { from }),
    ...(isInstant(to) && { to }),
  };
}

function known<T extends string>(all: readonly T[], text = ''): T[] {
  const wanted = readList(text);
  return all.filter((one) => wanted.includes(one));
}

function isInstant(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text)) && /^\d{4}-\d\d-\d\dT/.test(text);
}
