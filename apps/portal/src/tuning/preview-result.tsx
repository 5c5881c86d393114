import { severities, type TuningPreview } from '@throughline/model';
import { useEffect, useRef } from 'react';
import { severityWords } from '../app/words.ts';
import { Link, SeverityMark, Time } from '../kit/index.ts';

/** What a rule would have done with the last 30 days. */
export function PreviewResult({ preview, resolves }: { preview: TuningPreview; resolves: boolean }) {
  const { matched, examined, complete, incidents, bySeverity, samples } = preview;
  const shown = useRef<HTMLElement>(null);
  // It stands below the form, out of sight of the button that asked for it.
  useEffect(() => {
    shown.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const counts = [...severities].reverse().flatMap((severity) => {
    const count = bySeverity[severity];
    return count === undefined ? [] : [`${count} ${severityWords[severity].toLowerCase()}`];
  });
  return (
    <section ref={shown} aria-label="Preview" className="hairline rounded-md border p-3">
      <p aria-live="polite">
        <strong>
          {matched} of {examined} alerts
        </strong>{' '}
        of the last 30 days match{counts.length > 0 && `: ${counts.join(', ')}`}.{' '}
        {resolves
          ? `${incidents} incidents would have arrived resolved.`
          : `${incidents} incidents would not be there.`}
        {!complete && ' There are more than could be looked through in five seconds: the newest were.'}
      </p>
      {samples.length > 0 && (
        <ul className="pt-2">
          {samples.map(({ id, incidentId, title, severity, lastActivityDateTime }) => (
            <li key={id} className="flex min-h-6 items-center gap-2 text-12">
              <SeverityMark severity={severity} />
              <Link
                to="/incidents/$incidentId"
                params={{ incidentId: String(incidentId) }}
                className="min-w-0 flex-1 truncate"
              >
                {title}
              </Link>
              <Time value={lastActivityDateTime} form="ago" />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
