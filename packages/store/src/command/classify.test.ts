import { describe, expect, it } from 'vitest';
import { type Classifying, classify } from './classify.ts';

const phishing = { classification: 'truePositive', determination: 'phishing' } as const;
const nothing = { classification: 'unknown', determination: 'unknown' } as const;

describe('classify', () => {
  it.each([
    [nothing, {}, 'unknown', 'unknown'],
    [nothing, { classification: 'TruePositive' }, 'truePositive', 'unknown'],
    [
      nothing,
      { classification: 'benignPositive', determination: 'SecurityTesting' },
      'informationalExpectedActivity',
      'securityTesting',
    ],
    [nothing, { determination: 'Clean' }, 'falsePositive', 'notMalicious'],
    [nothing, { determination: 'NoEnoughDataToValidate' }, 'falsePositive', 'notEnoughDataToValidate'],
    [nothing, { determination: 'Apt' }, 'truePositive', 'apt'],
    [phishing, { classification: 'truePositive' }, 'truePositive', 'phishing'],
    [phishing, { classification: 'falsePositive' }, 'falsePositive', 'unknown'],
    [phishing, { determination: 'other' }, 'truePositive', 'other'],
    [
      phishing,
      { determination: 'lineOfBusinessApplication' },
      'informationalExpectedActivity',
      'lineOfBusinessApplication',
    ],
    [phishing, { determination: 'unknown' }, 'truePositive', 'unknown'],
    [phishing, { classification: 'unknown' }, 'unknown', 'unknown'],
  ] as const)('%o with %o', (now, change, classification, determination) => {
    expect(classify(now, change)).toEqual({ classification, determination });
  });

  it.each<[Classifying, string, RegExp]>([
    [{ classification: 'maybe' }, 'classification', /"maybe"/],
    [{ determination: '__proto__' }, 'determination', /"__proto__"/],
    [{ classification: 'falsePositive', determination: 'malware' }, 'determination', /"malware".*"falsePositive"/],
    [{ determination: 'other' }, 'determination', /"other".*"unknown"/],
  ])('refuses %o', (change, target, message) => {
    expect(() => classify(nothing, change)).toThrow(expect.objectContaining({ code: 'invalid', target }));
    expect(() => classify(nothing, change)).toThrow(message);
  });
});
