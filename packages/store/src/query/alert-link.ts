import { type AlertLink, type AlertMove, type Decision, refusalSentence } from '@throughline/model';

/** Says a decision in words; the model's `reasonSentence` fits. */
export type Sentence = (decision: Decision) => string;

/** Why an alert is where it is, from its stored decision and where merges and people took it since. */
export function toAlertLink(
  row: {
    decision: Decision;
    incident_id: number;
    origin_incident_id: number;
    received_at: string;
    moved: AlertMove | null;
  },
  sentence: Sentence,
): AlertLink {
  const { kind, continues, novelty, score, threshold, terms, refusals } = row.decision;
  return {
    kind,
    incidentId: row.incident_id,
    originIncidentId: row.origin_incident_id,
    continues,
    novelty,
    score,
    threshold,
    terms,
    refusals: refusals.map(({ incidentId, reason, score: reached, entity = null, ageMs = null }) => ({
      incidentId,
      reason,
      score: reached,
      entity,
      ageMs,
      sentence: refusalSentence(
        { incidentId, reason, score: reached, entity, ...(ageMs !== null && { ageMs }) },
        threshold,
      ),
    })),
    sentence: sentence(row.decision),
    tuning: row.decision.tuning ?? null,
    decidedDateTime: row.received_at,
    moved: row.moved,
  };
}
