import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');

/** Who speaks to a network without the guard, and why. */
const known: Record<string, string> = {
  'apps/server/src/outbound/send-pinned.ts': 'the guard itself',
  'apps/server/src/outbound/connect-checked.ts': 'the guard itself, for what is no HTTP',
  'apps/server/src/audit/send-syslog.ts': 'connects to what resolveHost checked',
  'apps/server/src/notify/mail-channel.ts': 'SMTP to the mail server that an administrator set',
  'apps/server/src/service.ts': 'asks the own ClickHouse whether it is there',
  'apps/server/src/local-access.ts': 'asks the own server whether it runs',
  'apps/server/src/cli/doctor.ts': 'asks the own server how it is',
  'apps/server/src/cli/ingest-target.ts': 'sends to the own server',
  'apps/server/src/launch/free-port.ts': 'listens',
};
const speaks = /(?<![.\w])fetch\(|from '(?:node:(?:http|https|http2|tls|dgram|net)|undici|axios|got|nodemailer|ws)'/;
// Types and pure checks of addresses speak to nobody.
const silent = /^import (?:type .*|\{ (?:isIP|isIPv4|isIPv6)(?:, (?:isIP|isIPv4|isIPv6))* \}) from 'node:[a-z0-9]+';$/;

test('the server speaks to other servers through the guard only', () => {
  const files = globSync('apps/server/src/**/*.ts', { cwd: root }).filter(
    (file) => !/\.(test|slow|fixture)\.ts$/.test(file) && !file.includes('/testing/'),
  );
  expect(files.length).toBeGreaterThan(100);
  const speaking = files.filter((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .some((line) => speaks.test(line) && !silent.test(line) && !line.trimStart().startsWith('*')),
  );
  expect(speaking.filter((file) => !(file in known))).toEqual([]);
});
