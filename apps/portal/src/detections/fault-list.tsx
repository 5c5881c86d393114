import type { DetectionFault } from '@throughline/model';
import { Banner } from '../kit/index.ts';

const shown = 50;

/** Rules that cannot be used: where, and what is wrong. */
export function FaultList({ faults }: { faults: readonly DetectionFault[] }) {
  if (faults.length === 0) return null;
  return (
    <div className="px-4 pb-3">
      <Banner
        tone="warning"
        title={faults.length === 1 ? 'A rule cannot be used' : `${faults.length} rules cannot be used`}
      >
        <details>
          <summary className="cursor-pointer">Where, and why</summary>
          <ul className="flex flex-col gap-1 pt-1">
            {faults.slice(0, shown).map(({ path, line, reason, title }) => (
              <li key={`${path} ${line} ${reason}`} className="wrap-anywhere">
                <code>
                  {path}:{line}
                </code>{' '}
                {title !== null && <span className="font-medium">{title}: </span>}
                {reason}
              </li>
            ))}
          </ul>
          {faults.length > shown && <p>And {faults.length - shown} more.</p>}
        </details>
      </Banner>
    </div>
  );
}
