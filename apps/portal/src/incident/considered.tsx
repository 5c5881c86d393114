import { type AlertLink, forbids, refusalDetail } from '@throughline/model';
import { Link } from '../kit/index.ts';

type Refusal = AlertLink['refusals'][number];

/** The other incidents an alert could have gone to, each with its score and why it is not the one. */
export function Considered({ link }: { link: AlertLink }) {
  return (
    <div className="flex flex-col gap-1">
      <h4 className="text-12 font-medium text-n9">Considered and refused</h4>
      <ul className="flex flex-col text-12">
        {link.refusals.map((refusal) => (
          <li key={`${refusal.incidentId} ${refusal.reason}`} className="hairline flex gap-3 border-b py-1">
            <span className="min-w-0 flex-1 wrap-anywhere">
              <Link
                to="/incidents/$incidentId/$tab"
                params={{ incidentId: String(refusal.incidentId), tab: 'summary' }}
                className="whitespace-nowrap underline"
              >
                Incident {refusal.incidentId}
              </Link>
              <span className="text-n10">: {detailOf(refusal)}</span>
            </span>
            <span className={forbids(refusal.reason) ? 'shrink-0 font-medium' : 'shrink-0 text-n10'}>
              {refusal.score > 0 ? `${refusal.score.toFixed(2)} of ${link.threshold.toFixed(2)}` : 'no score'}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function detailOf({ reason, entity, ageMs }: Refusal): string {
  return refusalDetail({ reason, entity, ...(ageMs !== null && { ageMs }) });
}
