import type { AlertLink } from '@throughline/model';
import { useState } from 'react';
import { Button, durationText } from '../kit/index.ts';
import { moveSentence } from '../rearrange/rearrange-words.ts';
import { kindWords, refusalWords, signalWords } from './link-words.ts';

/** Why an alert is where it is: the sentence, and one press away the whole arithmetic with what was refused. */
export function WhyLinked({ link }: { link: AlertLink }) {
  const [open, setOpen] = useState(false);
  return (
    <section aria-label="Why it is here" className="flex flex-col gap-2">
      <h3 className="text-12 font-medium text-n9">Why it is here · {kindWords[link.kind]}</h3>
      {link.moved !== null && <p>{moveSentence(link.moved, link.incidentId)}.</p>}
      <p className={link.moved === null ? '' : 'text-n10'}>
        {link.moved !== null && 'Before, correlation: '}
        {link.sentence}
      </p>
      <div>
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide the arithmetic' : 'Show the arithmetic'}
        </Button>
      </div>
      {open && <Arithmetic link={link} />}
    </section>
  );
}

function Arithmetic({ link }: { link: AlertLink }) {
  return (
    <div className="flex flex-col gap-3">
      {link.terms.length > 0 && (
        <div className="overflow-x-auto">
          <table className="w-full text-12">
            <caption className="sr-only">Terms of the score</caption>
            <thead>
              <tr className="hairline border-b text-left text-n9">
                <th className="py-1 pr-3 font-medium">Signal</th>
                <th className="py-1 pr-3 font-medium">Through</th>
                <th className="py-1 pr-3 text-right font-medium">Weight</th>
                <th className="py-1 pr-3 text-right font-medium">Rarity</th>
                <th className="py-1 pr-3 text-right font-medium">Apart</th>
                <th className="py-1 text-right font-medium">Adds</th>
              </tr>
            </thead>
            <tbody>
              {link.terms.map((term, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: terms have no identity but their place in the sum
                <tr key={index} className="hairline border-b">
                  <td className="py-1 pr-3">{signalWords[term.signal]}</td>
                  <td className="max-w-40 truncate py-1 pr-3" title={term.entity?.id}>
                    {term.entity?.name ?? '–'}
                  </td>
                  <td className="py-1 pr-3 text-right">{term.weight.toFixed(2)}</td>
                  <td className="py-1 pr-3 text-right">{term.rarity.toFixed(2)}</td>
                  <td className="py-1 pr-3 text-right whitespace-nowrap">{durationText(term.ageMs)}</td>
                  <td className="py-1 text-right font-medium">{term.contribution.toFixed(2)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="text-12 text-n10">
        Score {link.score.toFixed(2)}, needed {link.threshold.toFixed(2)}. How unusual the alert is for its detector
        here: {link.novelty.toFixed(2)}.
      </p>
      {link.refusals.length > 0 && (
        <div>
          <h4 className="text-12 font-medium text-n9">Considered and refused</h4>
          <ul className="text-12">
            {link.refusals.map((refusal) => (
              <li key={`${refusal.incidentId} ${refusal.reason}`}>
                Incident {refusal.incidentId} (score {refusal.score.toFixed(2)}): {refusalWords[refusal.reason]}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
