import type { TestMailAnswer } from '@throughline/model';
import { StateMark } from '../kit/index.ts';

/** What the other side said to each test. */
export function TestResults({ answer }: { answer: TestMailAnswer }) {
  return (
    <ul aria-label="Results of the test" className="flex w-full flex-col gap-1" aria-live="polite">
      {answer.results.map(({ to, accepted, detail }) => (
        <li key={to} className="min-w-0">
          <StateMark state={accepted ? 'ok' : 'failed'} label={to} />
          <span className="block pl-5 text-12 wrap-anywhere text-n10">{detail}</span>
        </li>
      ))}
    </ul>
  );
}
