import { type NoticeEvent, noticeEvents, type Severity } from '@throughline/model';
import { type MatchReason, matches } from './match.ts';
import type { JudgedAlert, Recipient, Rule } from './rule.ts';

/** What correlation did with one alert, in the order in which it did it. Instants are ISO 8601. */
export type Occurrence = {
  incidentId: number;
  background: boolean;
  incidentCreated: string;
  alert: JudgedAlert & { id: string; title: string; at: string };
  /** Set when the alert is known and its source raised its severity: what it was before. */
  raisedFrom?: Severity | undefined;
  merges: readonly { from: number; into: number }[];
};

/** That a rule has told about an incident. A merge hands it on, so that mails stay in one thread. */
export type Thread = {
  ruleId: number;
  incidentId: number;
  /** The incident the first message was about. */
  rootId: number;
  /** Number of the latest message. */
  window: number;
  /** ms UTC: until then updates wait, and become one message. */
  quietUntil: number;
  /** The latest message is not rendered yet: updates join it. */
  open: boolean;
};

/** An alert as a message lists it. */
export type AlertLine = Omit<JudgedAlert, 'groups'> & {
  /** Alert id: an alert stands once in a message. Absent in messages of older versions. */
  id?: string;
  title: string;
  at: string;
  raisedFrom?: Severity;
};

/** What one message will say, until it is rendered. */
export type Notice = {
  ruleId: number;
  ruleName: string;
  rootId: number;
  window: number;
  incidentId: number;
  event: NoticeEvent;
  /** The first of the alerts. */
  alerts: AlertLine[];
  alertCount: number;
  mergedFrom: number[];
  /** ms UTC. */
  due: number;
  recipients: readonly Recipient[];
};

/** What is added to a message that is not rendered yet. */
export type NoticeAddition = Omit<Notice, 'due' | 'recipients' | 'ruleName'>;

export type Plan = {
  notices: Notice[];
  additions: NoticeAddition[];
  /** Messages (not rendered) whose content another message took over. */
  dropped: { ruleId: number; rootId: number; window: number }[];
  threads: Thread[];
  endedThreads: { ruleId: number; incidentId: number }[];
  /** How often each rule spoke or stayed silent, and why. */
  counts: { ruleId: number; reason: MatchReason; count: number }[];
};

/** Alerts that a message lists by name; the others it counts. */
export const mostAlertLines = 20;

/**
 * What a stretch of correlation's decisions means for the rules: which messages come into being, which grow. Pure: the
 * same arguments give the same plan. `threads` are those of the incidents concerned; `now` is ms UTC.
 */
export function plan(
  rules: readonly Rule[],
  threads: readonly Thread[],
  occurrences: readonly Occurrence[],
  now: number,
): Plan {
  const plans = rules.map((rule) => planRule(rule, threads, occurrences, now));
  return {
    notices: plans.flatMap(({ notices }) => notices),
    additions: plans.flatMap(({ additions }) => additions),
    dropped: plans.flatMap(({ dropped }) => dropped),
    threads: plans.flatMap(({ threads }) => threads),
    endedThreads: plans.flatMap(({ endedThreads }) => endedThreads),
    counts: plans.flatMap(({ counts }) => counts),
  };
}

type Draft = Notice | NoticeAddition;

function planRule(rule: Rule, known: readonly Thread[], occurrences: readonly Occurrence[], now: number): Plan {
  const threads = new Map(
    known.filter(({ ruleId }) => ruleId === rule.id).map((thread) => [thread.incidentId, thread]),
  );
  const before = new Set(threads.keys());
  const changed = new Set<number>();
  const drafts = new Map<string, Draft>();
  const dropped: Plan['dropped'] = [];
  const counts = new Map<MatchReason, number>();
  const count = (reason: MatchReason) => counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const put = (thread: Thread) => {
    threads.set(thread.incidentId, thread);
    changed.add(thread.incidentId);
  };

  const mergeThreads = (from: number, into: number, recipients: readonly Recipient[]) => {
    const absorbed = threads.get(from);
    const kept = threads.get(into);
    if (absorbed === undefined && kept === undefined) return;
    threads.delete(from);
    if (kept === undefined && absorbed !== undefined) put({ ...absorbed, incidentId: into });
    let taken: Draft | undefined;
    if (kept !== undefined && absorbed?.open && absorbed.window > 0) {
      taken = drafts.get(keyOf(absorbed));
      drafts.delete(keyOf(absorbed));
      if (taken === undefined || !('recipients' in taken)) {
        dropped.push({ ruleId: rule.id, rootId: absorbed.rootId, window: absorbed.window });
      }
    }
    if (rule.firstOnly || !rule.enabled || rule.stopped) return;
    const draft = speak(into, 'merged', recipients);
    if (draft === undefined) return;
    draft.mergedFrom.push(from);
    for (const line of taken?.alerts ?? []) addLine(draft, line);
    draft.alertCount += (taken?.alertCount ?? 0) - (taken?.alerts.length ?? 0);
  };

  /** The message that is to say more about an incident: the one that waits, or a new one. */
  const speak = (incidentId: number, event: NoticeEvent, recipients: readonly Recipient[]): Draft | undefined => {
    const thread = threads.get(incidentId);
    const open = thread?.open ? drafts.get(keyOf(thread)) : undefined;
    if (open !== undefined) {
      open.event = stronger(open.event, event);
      open.incidentId = incidentId;
      return open;
    }
    const content = { ruleId: rule.id, incidentId, event, alerts: [], alertCount: 0, mergedFrom: [] };
    if (thread?.open) {
      const addition = { ...content, rootId: thread.rootId, window: thread.window };
      drafts.set(keyOf(thread), addition);
      return addition;
    }
    if (recipients.length === 0) return undefined;
    const due = Math.max(now, thread?.quietUntil ?? 0);
    const next: Thread = {
      ruleId: rule.id,
      incidentId,
      rootId: thread?.rootId ?? incidentId,
      window: thread === undefined ? 0 : thread.window + 1,
      quietUntil: due + rule.quietMinutes * 60_000,
      open: true,
    };
    put(next);
    const notice = { ...content, ruleName: rule.name, rootId: next.rootId, window: next.window, due, recipients };
    drafts.set(keyOf(next), notice);
    return notice;
  };

  for (const { incidentId, background, incidentCreated, alert, raisedFrom, merges } of occurrences) {
    const recipients = rule.recipients.filter(({ since }) => Date.parse(since) <= Date.parse(incidentCreated));
    for (const { from, into } of merges) mergeThreads(from, into, background ? [] : recipients);
    const toldBefore = threads.has(incidentId);
    const { matched, reason } = matches(rule, { alert, background, toldBefore, raised: raisedFrom !== undefined });
    const event = !toldBefore ? 'created' : raisedFrom === undefined ? 'updated' : 'severityRaised';
    const draft = matched ? speak(incidentId, event, recipients) : undefined;
    count(matched && draft === undefined ? 'beganBefore' : reason);
    if (draft === undefined) continue;
    const { id, severity, serviceSource, detectionSource, title, at } = alert;
    const line = { id, severity, serviceSource, detectionSource, title, at };
    addLine(draft, raisedFrom === undefined ? line : { ...line, raisedFrom });
  }

  return {
    notices: [...drafts.values()].filter((draft) => 'recipients' in draft),
    additions: [...drafts.values()].filter((draft) => !('recipients' in draft)),
    dropped,
    threads: [...changed].flatMap((id) => threads.get(id) ?? []),
    endedThreads: [...before]
      .filter((incidentId) => !threads.has(incidentId))
      .map((incidentId) => ({ ruleId: rule.id, incidentId })),
    counts: [...counts].map(([reason, count]) => ({ ruleId: rule.id, reason, count })),
  };
}

function keyOf({ rootId, window }: { rootId: number; window: number }): string {
  return `${rootId}/${window}`;
}

// A raised alert that the message names already is named anew, not twice.
function addLine(draft: Draft, line: AlertLine): void {
  const known = draft.alerts.findIndex(({ id }) => id !== undefined && id === line.id);
  if (known >= 0) {
    draft.alerts[known] = line;
    return;
  }
  if (draft.alerts.length < mostAlertLines) draft.alerts.push(line);
  draft.alertCount++;
}

/** The event that a message is named by: the earlier in the model's list outdoes the later. */
export function stronger(a: NoticeEvent, b: NoticeEvent): NoticeEvent {
  return noticeEvents.indexOf(a) <= noticeEvents.indexOf(b) ? a : b;
}
