import {
  type Classification,
  classificationOf,
  type Determination,
  determinationsOf,
  parseClassification,
  parseDetermination,
} from '@throughline/model';
import { ChangeError } from './change-error.ts';

export type Verdict = { classification: Classification; determination: Determination };
export type Classifying = { classification?: string | undefined; determination?: string | undefined };

/**
 * The classification and determination after a change, in any published spelling. A determination alone brings the
 * classification it belongs to; a classification alone keeps the determination where it fits and clears it where not.
 *
 * @throws ChangeError `invalid` for an unknown word, or a determination that is not one of the classification.
 */
export function classify(now: Verdict, change: Classifying): Verdict {
  const classification = read('classification', change.classification, parseClassification);
  const determination = read('determination', change.determination, parseDetermination);
  if (determination === undefined) {
    if (classification === undefined) return now;
    return { classification, determination: fits(classification, now.determination) ? now.determination : 'unknown' };
  }
  const wanted = classification ?? classificationOf(determination) ?? now.classification;
  if (!fits(wanted, determination)) {
    throw new ChangeError(
      'invalid',
      'determination',
      `Determination "${determination}" is not one of classification "${wanted}", which has ${determinationsOf[wanted].join(', ')}.`,
    );
  }
  return { classification: wanted, determination };
}

function fits(classification: Classification, determination: Determination): boolean {
  return (
    determination === 'unknown' ||
    determinationsOf[classification].includes(determination) ||
    classificationOf(determination) === classification
  );
}

function read<T>(target: string, text: string | undefined, parse: (text: string) => T | null): T | undefined {
  if (text === undefined) return undefined;
  const value = parse(text);
  if (value === null) {
    throw new ChangeError('invalid', target, `"${text.slice(0, 60)}" is not a known ${target}.`);
  }
  return value;
}
