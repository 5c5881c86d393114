import { expect, test } from 'vitest';
import { asStep, createProgress } from './progress.ts';

function display(isTTY: boolean) {
  let [text, clock] = ['', 0];
  const output = {
    isTTY,
    write: (more: string) => {
      text += more;
    },
  };
  const progress = createProgress(output, () => clock);
  return {
    progress,
    pass: (ms: number) => {
      clock += ms;
    },
    written: () => text,
  };
}

test('plain output has one line for each finished step, with its time', async () => {
  const { progress, pass, written } = display(false);
  const postgres = progress.begin('PostgreSQL');
  const portal = progress.begin('Portal');
  pass(840);
  postgres.done('PostgreSQL ready');
  postgres.done('PostgreSQL ready');
  pass(1000);
  portal.failed();
  progress.say('Open http://127.0.0.1:8844');
  expect(written()).toBe('✓ PostgreSQL ready 0.8 s\n✗ Portal 1.8 s\nOpen http://127.0.0.1:8844\n');
});

test('a terminal shows what still runs under the finished lines', () => {
  const { progress, written } = display(true);
  const one = progress.begin('One');
  progress.begin('Two');
  one.done();
  const lastLine = written().split('\n').at(-1);
  expect(lastLine).toContain('Two');
  expect(lastLine).not.toContain('One');
});

test('a step that throws is shown as failed and throws on', async () => {
  const { progress, written } = display(false);
  await expect(asStep(progress, 'Migrate', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await asStep(progress, 'Listen', async () => 7)).toBe(7);
  expect(written()).toBe('✗ Migrate 0.0 s\n✓ Listen 0.0 s\n');
});
