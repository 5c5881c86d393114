import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../project.ts';

/**
 * Abuse 24. The attack: the process ends, by a kill or a power cut, at the worst moment: something is lost, told or done
 * twice. The kills themselves are where the work is; this test keeps them there.
 */

const kills: [string, string, RegExp][] = [
  ['taking in and correlating', 'e2e/kill.test.ts', /killRun\(/],
  ['sending messages', 'apps/server/src/notify/notifier-crash.test.ts', /SIGKILL/],
  ['escalating', 'apps/server/src/notify/escalation.test.ts', /each once/],
  ['deleting', 'e2e/deletion-kill.test.ts', /kill\(/],
];

test.each(kills)('%s is killed in %s', (_, file, word) => {
  const path = join(projectRoot, file);
  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8')).toMatch(word);
});
