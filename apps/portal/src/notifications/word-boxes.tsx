import { Checkbox } from '../kit/index.ts';
import { toggleWord } from './rule-draft.ts';

/** A few words to choose among, as check boxes under a legend. */
export function WordBoxes<Word extends string>({
  legend,
  words,
  chosen,
  onChange,
}: {
  legend: string;
  words: Readonly<Record<Word, string>>;
  chosen: readonly Word[];
  onChange: (chosen: Word[]) => void;
}) {
  return (
    <fieldset>
      <legend className="pb-1 text-12 font-medium text-n11">{legend}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {(Object.keys(words) as Word[]).map((word) => (
          <Checkbox
            key={word}
            checked={chosen.includes(word)}
            onChange={(on) => onChange(toggleWord(chosen, word, on))}
            label={words[word]}
          />
        ))}
      </div>
    </fieldset>
  );
}
