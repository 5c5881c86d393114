import { type AlertLink, basisWords, signalWords } from '@throughline/model';
import { durationText, ScrollRegion } from '../kit/index.ts';

const head = 'py-1 pr-3 font-medium';
const number = 'py-1 pr-3 text-right align-top whitespace-nowrap';

/** The terms of a link with what each was counted from, and their sum against the line. */
export function LinkArithmetic({ link }: { link: AlertLink }) {
  const { kind, terms, score, threshold, novelty } = link;
  const sum = terms.reduce((total, { contribution }) => total + contribution, 0);
  return (
    <div className="flex flex-col gap-2">
      {terms.length > 0 && (
        <>
          {kind === 'opened' && <p className="text-12 text-n10">What spoke for the nearest other incident:</p>}
          <ScrollRegion label="Terms of the score" className="overflow-x-auto">
            <table className="w-full text-12">
              <caption className="sr-only">Terms of the score</caption>
              <thead>
                <tr className="hairline border-b text-left text-n9">
                  <th className={head}>Signal</th>
                  <th className={`${head} text-right`}>Weight</th>
                  <th className={`${head} text-right`}>Rarity</th>
                  <th className={`${head} text-right`}>Apart</th>
                  <th className="py-1 text-right font-medium">Adds</th>
                </tr>
              </thead>
              <tbody>
                {terms.map((term, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: terms have no identity but their place in the sum
                  <tr key={index} className="hairline border-b">
                    <td className="py-1 pr-3 align-top">
                      {signalWords[term.signal]}
                      {term.entity && (
                        <span className="block text-n10 wrap-anywhere" title={term.entity.id}>
                          {term.entity.name}
                        </span>
                      )}
                      {term.basis && <span className="block text-n9">{basisWords(term)}</span>}
                    </td>
                    <td className={number}>{term.weight.toFixed(2)}</td>
                    <td className={number}>{term.rarity.toFixed(2)}</td>
                    <td className={number}>{durationText(term.ageMs)}</td>
                    <td className="py-1 text-right align-top font-medium">{term.contribution.toFixed(2)}</td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row" colSpan={4} className="py-1 pr-3 text-left font-medium">
                    Sum
                  </th>
                  <td className="py-1 text-right font-medium">{sum.toFixed(2)}</td>
                </tr>
              </tfoot>
            </table>
          </ScrollRegion>
        </>
      )}
      <p className="text-12 text-n10">
        {kind === 'background'
          ? `How unusual the alert is for its detector here: ${novelty.toFixed(2)}; below ${threshold.toFixed(2)} it is expected.`
          : `Score ${score.toFixed(2)}, needed ${threshold.toFixed(2)}. How unusual the alert is for its detector here: ${novelty.toFixed(2)}.`}
        {terms.length > 0 && Math.abs(sum - score) > 0.01 && ' Some terms are about data you do not see.'}
      </p>
    </div>
  );
}
