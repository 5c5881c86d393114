import type { PriorityFactor } from '@throughline/model';
import { clsx } from 'clsx';
import { termWords } from '../app/words.ts';
import { ScoreRing } from '../kit/index.ts';

/** The arithmetic of a priority score: each factor with its points; they sum to the number in the ring. */
export function PriorityFactors({ score, factors }: { score: number; factors: readonly PriorityFactor[] }) {
  const most = Math.max(1, ...factors.map((each) => Math.abs(each.points)));
  const sum = factors.reduce((total, each) => total + each.points, 0);
  return (
    <div className="flex items-start gap-4">
      <ScoreRing score={score} size="large" />
      <table className="min-w-0 flex-1 border-collapse">
        <caption className="sr-only">Factors of the priority score</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Factor</th>
            <th scope="col">Points</th>
          </tr>
        </thead>
        <tbody>
          {factors.map((each) => (
            <tr key={each.factor} className="align-top">
              <th scope="row" className="py-0.5 pr-3 text-left font-normal">
                {termWords(each.factor)}
                <span className="block text-12 text-n9">{each.detail}</span>
              </th>
              <td className="w-24 py-0.5 text-right">
                <span className={each.points < 0 ? 'text-n10' : ''}>
                  {each.points > 0 ? '+' : each.points < 0 ? '−' : ''}
                  {number(Math.abs(each.points))}
                </span>
                <span aria-hidden className="mt-0.5 flex h-1 justify-end">
                  <span
                    className={clsx('rounded-full', each.points < 0 ? 'bg-n6' : 'bg-n9')}
                    style={{ width: `${(Math.abs(each.points) / most) * 100}%` }}
                  />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="hairline border-t">
            <th scope="row" className="pt-1 text-left font-normal text-n9">
              {Math.round(sum) > 100 ? 'Sum, capped at 100' : 'Sum'}
            </th>
            <td className="pt-1 text-right font-semibold">
              {Math.round(sum) === score ? score : `${number(sum)} → ${score}`}
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function number(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
