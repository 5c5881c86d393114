import { type AlertLink, decisionWords } from '@throughline/model';
import { useState } from 'react';
import { Button } from '../kit/index.ts';
import { moveSentence } from '../rearrange/rearrange-words.ts';
import { Considered } from './considered.tsx';
import { LinkArithmetic } from './link-arithmetic.tsx';

/** Why an alert is where it is: the sentence, and one press away the whole arithmetic with what was refused. */
export function WhyLinked({ link }: { link: AlertLink }) {
  const [open, setOpen] = useState(false);
  const { length: others } = link.refusals;
  const more = others === 0 ? '' : ` and ${others} other ${others === 1 ? 'incident' : 'incidents'} considered`;
  return (
    <section aria-label="Why it is here" className="flex flex-col gap-2">
      <h3 className="text-12 font-medium text-n9">Why it is here · {decisionWords[link.kind]}</h3>
      {link.moved !== null && <p>{moveSentence(link.moved, link.incidentId)}.</p>}
      <p className={link.moved === null ? 'wrap-anywhere' : 'wrap-anywhere text-n10'}>
        {link.moved !== null && 'Before, correlation: '}
        {link.sentence}.
      </p>
      <div>
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide the arithmetic' : `Show the arithmetic${more}`}
        </Button>
      </div>
      {open && (
        <div className="flex flex-col gap-4">
          <LinkArithmetic link={link} />
          {others > 0 && <Considered link={link} />}
        </div>
      )}
    </section>
  );
}
