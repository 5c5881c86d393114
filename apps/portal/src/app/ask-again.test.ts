import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { askAgain } from './ask-again.ts';

it('does not take an answer for fresh that was asked for before the change', async () => {
  const client = new QueryClient();
  let stored = 'before';
  const answers: (() => void)[] = [];
  const queryFn = () => {
    const read = stored;
    return new Promise<string>((resolve) => answers.push(() => resolve(read)));
  };
  const observer = new QueryObserver(client, { queryKey: ['incident', 1, 'activity'], queryFn });
  const stop = observer.subscribe(() => {});
  stored = 'after';
  const again = askAgain(client, ['incident', 1]);
  await expect.poll(() => answers.length).toBe(2);
  for (const answer of answers) answer();
  await again;
  expect(observer.getCurrentResult().data).toBe('after');
  stop();
});
