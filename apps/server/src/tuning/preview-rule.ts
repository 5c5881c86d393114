import type { Severity, TuningPreview, TuningRuleBody } from '@throughline/model';
import { type Db, incidentsOnlyOf, recentAlerts, type Viewer } from '@throughline/store';
import { compileConditions, isWithin, subjectOf } from '@throughline/tune';

const day = 86_400_000;
const days = 30;
const mostMs = 5_000;
const samples = 10;

/**
 * What a rule would have done with the alerts of the last 30 days that the viewer sees, the newest first. It looks for
 * five seconds at most, and says how far it came.
 */
export async function previewTuning(db: Db, viewer: Viewer, body: TuningRuleBody, now: Date): Promise<TuningPreview> {
  const holds = compileConditions(body.conditions, body.trigger);
  const until = performance.now() + mostMs;
  const seqs: number[] = [];
  const preview: TuningPreview = {
    examined: 0,
    complete: true,
    matched: 0,
    bySeverity: {},
    incidents: 0,
    samples: [],
  };
  const since = new Date(now.getTime() - days * day);
  for await (const page of recentAlerts(db, viewer, since, body.alertType)) {
    for (const { seq, alert, groups, severity, incidentId, lastActivity } of page) {
      preview.examined++;
      if (!isWithin(body, groups) || !holds(subjectOf(alert))) continue;
      seqs.push(seq);
      const { id, title } = alert;
      count(preview.bySeverity, severity);
      if (preview.samples.length < samples) {
        preview.samples.push({ id, incidentId, title, severity, lastActivityDateTime: lastActivity });
      }
    }
    if (performance.now() > until) {
      preview.complete = false;
      break;
    }
    await new Promise(setImmediate);
  }
  preview.matched = seqs.length;
  preview.incidents = await incidentsOnlyOf(db, viewer.tenantId, seqs);
  return preview;
}

function count(counts: Partial<Record<Severity, number>>, severity: Severity): void {
  counts[severity] = (counts[severity] ?? 0) + 1;
}
