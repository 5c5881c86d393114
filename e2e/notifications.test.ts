import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, newContext, openBrowser, photograph, type Size, sizes, themes, type Watch } from './browser.ts';
import { freePort, type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
let context: BrowserContext;
let watch: Watch;
let page: Page;
let mailPort: number;
const taken: string[] = [];

/** A mail server that has no mailbox for anybody named "gone". */
const mailServer = new SMTPServer({
  disabledCommands: ['AUTH'],
  hideSTARTTLS: true,
  logger: false,
  onRcptTo: ({ address }, _, done) => {
    done(address.startsWith('gone') ? Object.assign(new Error('No such mailbox here'), { responseCode: 550 }) : null);
  },
  onData(stream, session, done) {
    stream.resume();
    stream.on('end', () => {
      taken.push(session.envelope.rcptTo.map(({ address }) => address).join());
      done();
    });
  },
});

beforeAll(async () => {
  mailPort = await freePort();
  await new Promise<void>((resolve) => mailServer.listen(mailPort, '127.0.0.1', resolve));
  [server, browser] = await Promise.all([
    startServer({ verb: 'start', env: { THROUGHLINE_OUTBOUND_ALLOW: '127.0.0.1' } }),
    openBrowser(),
  ]);
  ({ context, watch } = await newContext(browser, server.url));
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(await server.signInLink());
  await page.waitForURL('**/incidents');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await new Promise<void>((resolve) => mailServer.close(() => resolve()));
});

describe('an administrator sets up notifications', { concurrent: false }, () => {
  test('the mail server, with a test mail', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'Email notifications' }).click();
    await page.getByText('No rules yet').waitFor();
    await photograph(page, 'notifications-empty');
    await page.getByRole('tab', { name: 'Mail server' }).click();
    await page.getByLabel('Host').fill('127.0.0.1');
    await page.getByLabel('Port').fill(String(mailPort));
    await page.getByLabel('Protection').selectOption('none');
    await page.getByLabel('Port').fill(String(mailPort));
    await page.getByLabel('Sign-in').selectOption('none');
    await page.getByLabel('From address').fill('throughline@example.com');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByLabel('Send a test mail to').fill('gone@example.com');
    await page.getByRole('button', { name: 'Send test mail' }).click();
    await page.getByText('No such mailbox here').waitFor();
    await page.getByLabel('Send a test mail to').fill('ada@example.com');
    await page.getByRole('button', { name: 'Send test mail' }).click();
    await page.getByText('The mail server accepted the mail.').waitFor();
    await photograph(page, 'notifications-mail-server');
    expect(taken).toEqual(['ada@example.com']);
  });

  test('a rule in four steps, by keyboard where one types', async () => {
    await page.goto('/settings/notifications');
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByRole('menuitem', { name: 'Incidents' }).click();
    const dialog = page.getByRole('dialog');
    await photograph(page, 'notifications-wizard-1');
    await dialog.getByLabel('Name').fill('High severity');
    await page.keyboard.press('Enter');
    await dialog.getByText('Alert severity').waitFor();
    await dialog.getByLabel('Medium', { exact: true }).check();
    await photograph(page, 'notifications-wizard-2');
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByLabel('Recipient', { exact: true }).fill('not an address');
    await page.keyboard.press('Enter');
    await dialog.getByText('is no mail address').waitFor();
    await dialog.getByLabel('Recipient', { exact: true }).fill('ada@example.com, gone@example.com');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Send test mail' }).click();
    await dialog.getByText('No such mailbox here').waitFor();
    await photograph(page, 'notifications-wizard-3');
    await dialog.getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('Would have told about').waitFor();
    await dialog.getByText('0 incidents').waitFor();
    await photograph(page, 'notifications-wizard-4');
    await dialog.getByRole('button', { name: 'Add the rule' }).click();
    await page.getByRole('grid').getByRole('button', { name: 'High severity', exact: true }).waitFor();
  });

  test('the demo attack is told about: one mail taken, one dead letter that can be sent again', async () => {
    await page.goto('/incidents');
    await page.getByRole('button', { name: 'Load the demo attack' }).click();
    await page.getByRole('grid').getByRole('row').nth(1).waitFor({ timeout: 60_000 });
    await page.goto('/settings/notifications?tab=messages');
    await page.getByText('Accepted').first().waitFor({ timeout: 30_000 });
    const again = page.getByRole('button', { name: /^Send again: to gone@example.com/ }).first();
    await again.waitFor({ timeout: 30_000 });
    await photograph(page, 'notifications-messages');
    await again.click();
    await page.getByText('The message to gone@example.com is sent again').waitFor();
  });

  test('the rule is edited, switched off, and its preview now knows incidents', async () => {
    await page.goto('/settings/notifications');
    await page.getByRole('button', { name: 'High severity', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('button', { name: '2 Settings' })
      .or(dialog.getByRole('button', { name: 'Settings' }))
      .click();
    await dialog.getByLabel('Chosen sources').check();
    await dialog.getByRole('group', { name: 'Sources' }).getByRole('checkbox').first().check();
    await photograph(page, 'notifications-wizard-sources');
    await dialog.getByLabel('All sources, also those to come').check();
    await dialog.getByRole('button', { name: 'Review' }).click();
    await dialog.getByText(/^[1-9]\d* incidents?$/).waitFor();
    await photograph(page, 'notifications-wizard-review');
    await page.keyboard.press('Escape');
    // It turns when the server has answered.
    await page.getByRole('switch').click({ force: true });
    await page.getByText('High severity is off').waitFor();
  });

  test('a webhook shows its secret once, and is refused inside the network', async () => {
    await page.goto('/settings/notifications?tab=webhooks');
    await page.getByRole('button', { name: 'Add a webhook' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Chat');
    await dialog.getByLabel('Address').fill('http://127.0.0.2:1/hook');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/whsec_/).waitFor();
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('button', { name: 'Test Chat' }).click();
    await page.getByText(/Chat: 127\.0\.0\.2 is this machine itself/).waitFor();
    await page.reload();
    expect(await page.getByText(/whsec_/).count()).toBe(0);
  });
});

describe('every part of the page, both themes, both sizes', { concurrent: false }, () => {
  for (const theme of themes) {
    for (const size of Object.keys(sizes) as Size[]) {
      test(`${theme}, ${size}: no accessibility violation, nothing wider than the page`, {
        timeout: 60_000,
      }, async () => {
        const storageState = await context.storageState();
        const signedIn = await newContext(browser, server.url, { theme, size, storageState });
        const looked = await signedIn.context.newPage();
        looked.setDefaultTimeout(10_000);
        for (const tab of ['rules', 'server', 'webhooks', 'messages']) {
          await looked.goto(`/settings/notifications?tab=${tab}`);
          await looked.getByRole('tabpanel').waitFor();
          await looked.waitForTimeout(300);
          await check(looked, `notifications-${tab}-${theme}-${size}`);
        }
        await looked.goto('/settings/notifications');
        await looked.getByRole('button', { name: 'High severity', exact: true }).click();
        for (const step of ['Basics', 'Settings', 'Recipients', 'Review']) {
          await looked.getByRole('dialog').getByRole('button', { name: step }).click();
          if (step === 'Settings') {
            await looked.getByLabel('Chosen sources').check();
            await looked.getByRole('group', { name: 'Sources' }).getByRole('checkbox').first().check();
          }
          await looked.waitForTimeout(400);
          await check(looked, `notifications-step-${step.toLowerCase()}-${theme}-${size}`);
        }
        expect(signedIn.watch.problems).toEqual([]);
        await signedIn.context.close();
      });
    }
  }

  test('the journeys made no script error and asked no other host', () => {
    expect(watch.problems.filter((text) => !/40[0149]/.test(text))).toEqual([]);
  });
});

async function check(on: Page, name: string): Promise<void> {
  await photograph(on, name);
  expect(await axeViolations(on), name).toEqual([]);
  const wide = await on.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(wide, `${name} overflows`).toBeLessThanOrEqual(0);
}
