import type { TelemetryEvent } from '@throughline/model';
import { type CorrelationFinding, CorrelationRun } from './correlation-run.ts';
import type { LinkedCorrelation } from './link.ts';
import { type CorrelationLimits, type CorrelationState, defaultCorrelationLimits } from './state.ts';

/** What correlations hold and had to let go. */
export type CorrelationStats = Omit<CorrelationState, 'limits'> & { groups: number };

/** How many events pass between two looks for groups that are over. */
const sweepEvery = 4_096;

/** Joins matches of rules into findings of correlations, in event time and bounded memory. */
export class RuleCorrelator {
  private readonly runs: readonly CorrelationRun[];
  /** Id of a rule or correlation → the correlations it is a member of, and as which. */
  private readonly memberships = new Map<string, { run: CorrelationRun; member: number }[]>();
  private readonly state: CorrelationState;
  private clock = Number.NEGATIVE_INFINITY;
  private nextClose = Number.POSITIVE_INFINITY;
  private untilSweep = sweepEvery;

  constructor(correlations: readonly LinkedCorrelation[], limits: CorrelationLimits = defaultCorrelationLimits) {
    this.state = { limits, entries: 0, evicted: 0, forgotten: 0, late: 0, ungrouped: 0 };
    this.runs = correlations.map((linked) => {
      const run = new CorrelationRun(linked, this.state);
      linked.members.forEach(({ id }, member) => {
        const known = this.memberships.get(id);
        if (known === undefined) this.memberships.set(id, [{ run, member }]);
        else known.push({ run, member });
      });
      return run;
    });
  }

  /** Event time has come to `time` ms: gives what windows that end by then hold. */
  advance(time: number): CorrelationFinding[] {
    if (time > this.clock) this.clock = time;
    if (--this.untilSweep <= 0) {
      this.untilSweep = sweepEvery;
      for (const run of this.runs) run.forgetBefore(this.clock);
    }
    return this.clock < this.nextClose ? [] : this.closeBy(this.clock);
  }

  /** No more events will come: judges every window that is open. */
  finish(): CorrelationFinding[] {
    return this.closeBy(Number.POSITIVE_INFINITY);
  }

  /** A rule matched an event; gives the correlations that hold with it, those of correlations included. */
  take(ruleId: string, event: TelemetryEvent): CorrelationFinding[] {
    const findings = this.feed(ruleId, event, event.fields, event.time);
    this.bound();
    return findings;
  }

  stats(): CorrelationStats {
    const { entries, evicted, forgotten, late, ungrouped } = this.state;
    return { entries, evicted, forgotten, late, ungrouped, groups: this.groups };
  }

  private feed(
    ruleId: string,
    event: TelemetryEvent,
    fields: Readonly<Record<string, unknown>>,
    time: number,
  ): CorrelationFinding[] {
    const findings: CorrelationFinding[] = [];
    for (const { run, member } of this.memberships.get(ruleId) ?? []) {
      const found = run.take(member, event, fields, time);
      this.nextClose = Math.min(this.nextClose, run.nextCloseFrom(time));
      if (found !== undefined) findings.push(found, ...this.feedFinding(found));
    }
    return findings;
  }

  private feedFinding({ rule, event, group, to }: CorrelationFinding): CorrelationFinding[] {
    if (!this.memberships.has(rule.id)) return [];
    return this.feed(rule.id, event, { ...event.fields, ...group }, to);
  }

  private closeBy(time: number): CorrelationFinding[] {
    const findings: CorrelationFinding[] = [];
    // What refers to correlations comes behind them, and sees what they have just found.
    for (const run of this.runs) {
      for (const found of run.close(time)) findings.push(found, ...this.feedFinding(found));
    }
    this.nextClose = Math.min(Number.POSITIVE_INFINITY, ...this.runs.map((run) => run.nextClose(this.clock)));
    return findings;
  }

  private get groups(): number {
    return this.runs.reduce((sum, { groups }) => sum + groups, 0);
  }

  // The correlation with the most groups gives first.
  private bound(): void {
    const { limits } = this.state;
    while (this.state.entries > limits.matches || this.groups > limits.groups) {
      const largest = this.runs.reduce((most, run) => (run.groups > most.groups ? run : most));
      if (!largest.evict()) return;
      this.state.evicted++;
    }
  }
}
