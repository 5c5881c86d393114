import { expect, test } from 'vitest';
import { progressBar, progressText } from './progress-bar.ts';

test.each([
  [250, 1000, 5000, 2, '██████░░░░░░░░░░░░░░░░░░ 25 %  5,000 records  2,500/s  6 s left'],
  [1000, 1000, 10, 1, `${'█'.repeat(24)} 100 %  10 records  10/s  0 s left`],
  [1, 1_000_000, 1, 1, `${'░'.repeat(24)} 0 %  1 records  1/s  277.8 h left`],
  [500, undefined, 100, 2, '100 records  50/s'],
  [0, 0, 0, 0, '0 records  0/s'],
])('%d of %s bytes, %d records in %d s', (bytes, total, records, seconds, text) => {
  expect(progressText(bytes, total, records, seconds)).toBe(text);
});

test('it draws on terminals only, and not too often', () => {
  let now = 0;
  const drawn: string[] = [];
  const write = (text: string) => void drawn.push(text);
  const onTerminal = progressBar({ write, isTTY: true }, 100, () => now);
  for (; now < 1000; now += 10) onTerminal.update(now / 10, now);
  expect(drawn).toHaveLength(10);
  drawn.length = 0;
  const inFile = progressBar({ write }, 100, () => now);
  inFile.update(50, 50);
  inFile.clear();
  expect(drawn).toEqual([]);
});
