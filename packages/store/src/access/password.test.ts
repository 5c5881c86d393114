import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

test('a hash is an argon2id PHC string with its own salt', async () => {
  const [one, two] = await Promise.all([hashPassword('pass phrase'), hashPassword('pass phrase')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=32768,t=3,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(one).not.toBe(two);
});

test.each([
  ['the password itself', 'Ångström', true],
  ['the same text composed otherwise', 'A\u030angstro\u0308m', true],
  ['another case', 'ångström', false],
  ['nothing', '', false],
])('%s', async (_name, guess, expected) => {
  expect(await verifyPassword(guess, await hashPassword('Ångström'))).toBe(expected);
});

test('without a stored hash the answer is no, after the same work', async () => {
  await verifyPassword('warm up', null);
  const time = async (phc: string | null) => {
    const start = performance.now();
    await verifyPassword('guess', phc);
    return performance.now() - start;
  };
  const phc = await hashPassword('right');
  const known: number[] = [];
  const unknown: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    known.push(await time(phc));
    unknown.push(await time(null));
  }
  // The fastest of each: what load of the machine cannot fake.
  expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3);
});
