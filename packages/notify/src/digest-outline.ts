import type { Severity } from '@throughline/model';
import { counted, instantWords, type Outline, severityWords } from './outline.ts';
import { oneLine } from './safe-text.ts';

/** What a digest tells. Instants; mean times in minutes. */
export type DigestFacts = {
  since: string;
  until: string;
  newBySeverity: Record<Severity, number>;
  open: { day: number; week: number; older: number };
  unassigned: number;
  resolved: number;
  /** Minutes from the start of an incident to its resolution, of those resolved in the period; null = none. */
  meanToResolve: number | null;
  topSources: { name: string; alerts: number }[];
  /** The newest of the highest severity. */
  newest: { id: number; displayName: string; severity: Severity; at: string }[];
  /** null = not shown to people with device groups. */
  ledger: { deadLetters: number; unbalanced: number } | null;
  /** What the subscriber's device groups leave out is not counted. */
  scoped: boolean;
};

const order: readonly Severity[] = ['high', 'medium', 'low', 'informational', 'unknown'];

/** The words of a daily digest. `day` is the local date it is of; `link` leads to the queue. */
export function digestOutline(
  facts: DigestFacts,
  { organization, day, link }: { organization: string; day: string; link: string },
): Outline {
  const total = order.reduce((sum, severity) => sum + facts.newBySeverity[severity], 0);
  const worst = order.find((severity) => facts.newBySeverity[severity] > 0) ?? 'informational';
  const { day: today, week, older } = facts.open;
  const open = today + week + older;
  const name = oneLine(organization, 80);
  return {
    subject: `${name}: digest of ${day}, ${counted(total, 'new incident')}, ${open} open`,
    lead: `${counted(total, 'new incident')} between ${instantWords(facts.since)} and ${instantWords(facts.until)}; ${open} open, ${facts.unassigned} of them unassigned.`,
    title: `${name}: the day in incidents`,
    severity: worst,
    severityWord: 'Daily digest',
    facts: [
      { name: 'New', value: severityCounts(facts.newBySeverity) },
      { name: 'Open by age', value: `${today} up to a day, ${week} up to a week, ${older} older` },
      { name: 'Unassigned', value: String(facts.unassigned) },
      { name: 'Resolved', value: resolvedWords(facts) },
      {
        name: 'Top sources',
        value: facts.topSources.map(({ name: source, alerts }) => `${oneLine(source, 60)} ${alerts}`).join(', '),
      },
      { name: 'Intake', value: ledgerWords(facts.ledger) },
      { name: 'Counted', value: facts.scoped ? 'your device groups only' : '' },
    ].filter(({ value }) => value !== ''),
    alerts: facts.newest.map(({ id, displayName, severity, at }) => ({
      title: `${id} ${oneLine(displayName, 140)}`,
      detail: `incident, ${instantWords(at)}`,
      severity,
      severityWord: severityWords[severity],
    })),
    more: total > facts.newest.length && facts.newest.length > 0 ? `and ${total - facts.newest.length} more` : '',
    link,
    linkWords: 'Open the queue',
    footer: 'Sent by Throughline once a day, as set under Settings, Email notifications, Digest.',
  };
}

function severityCounts(counts: DigestFacts['newBySeverity']): string {
  const some = order.filter((severity) => counts[severity] > 0);
  if (some.length === 0) return 'none';
  return some.map((severity) => `${counts[severity]} ${severityWords[severity].toLowerCase()}`).join(', ');
}

function resolvedWords({ resolved, meanToResolve }: DigestFacts): string {
  if (meanToResolve === null) return String(resolved);
  const minutes = Math.round(meanToResolve);
  const mean =
    minutes < 120
      ? `${minutes} min`
      : minutes < 2880
        ? `${Math.round(minutes / 60)} h`
        : `${Math.round(minutes / 1440)} days`;
  return `${resolved}, on average ${mean} after their first activity`;
}

function ledgerWords(ledger: DigestFacts['ledger']): string {
  if (ledger === null) return '';
  const letters = ledger.deadLetters === 0 ? 'no dead letters' : counted(ledger.deadLetters, 'dead letter');
  return `${letters}, ${ledger.unbalanced === 0 ? 'every source in balance' : `${counted(ledger.unbalanced, 'source')} out of balance`}`;
}
