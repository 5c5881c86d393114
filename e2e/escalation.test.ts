import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeViolations, newContext, openBrowser, photograph, type Size, sizes, themes, type Watch } from './browser.ts';
import { demoSettled } from './demo-settled.ts';
import { freePort, type ServerProcess, startServer } from './server-process.ts';

let server: ServerProcess;
let browser: Browser;
let context: BrowserContext;
let watch: Watch;
let page: Page;
let mailPort: number;
const taken: { to: string; raw: string }[] = [];

const mailServer = new SMTPServer({
  disabledCommands: ['AUTH'],
  hideSTARTTLS: true,
  logger: false,
  onData(stream, session, done) {
    let raw = '';
    stream.on('data', (chunk: Buffer) => {
      raw += chunk.toString('utf8');
    });
    stream.on('end', () => {
      taken.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), raw });
      done();
    });
  },
});

beforeAll(async () => {
  mailPort = await freePort();
  await new Promise<void>((resolve) => mailServer.listen(mailPort, '127.0.0.1', resolve));
  const env = { THROUGHLINE_OUTBOUND_ALLOW: '127.0.0.1' };
  [server, browser] = await Promise.all([startServer({ verb: 'start', env }), openBrowser()]);
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

const tabs = ['server', 'webhooks', 'escalation', 'on-call', 'digest'];
const open = (tab: string) => page.goto(`/settings/notifications?tab=${tab}`);
const dialog = () => page.getByRole('dialog');
const save = () => dialog().getByRole('button', { name: 'Save' }).click();

describe('an administrator sets up who is told next', { concurrent: false }, () => {
  test('the mail server, a chat, a schedule, a policy, a digest, a rule', { timeout: 60_000 }, async () => {
    await open('server');
    await page.getByLabel('Host').fill('127.0.0.1');
    await page.getByLabel('Protection').selectOption('none');
    await page.getByLabel('Port').fill(String(mailPort));
    await page.getByLabel('Sign-in').selectOption('none');
    await page.getByLabel('From address').fill('throughline@example.com');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Mail server saved').waitFor();

    await open('webhooks');
    await page.getByRole('button', { name: 'Add a webhook' }).click();
    await dialog().getByLabel('Name').fill('SOC channel');
    await dialog().getByLabel('Called with').selectOption('slack');
    await dialog().getByLabel('Address').fill('https://hooks.slack.example/services/T0/B0/verysecretabcd');
    await save();
    await page.getByText('https://hooks.slack.example/…abcd').waitFor();
    expect(await page.content()).not.toContain('verysecret');

    await open('on-call');
    await page.getByRole('button', { name: 'Add a schedule' }).click();
    await dialog().getByLabel('Name').fill('SOC on-call');
    await dialog().getByLabel('People').fill('Ada Example <ada@example.com>\nBob Example <bob@example.com>');
    await dialog().getByLabel('Time zone').fill('Europe/Berlin');
    await photograph(page, 'escalation-schedule-dialog');
    await save();
    await page.getByText('Now on call:').waitFor();

    await open('escalation');
    await page.getByRole('button', { name: 'Add a policy' }).click();
    await dialog().getByLabel('Name').fill('Night shift');
    await dialog().getByLabel('Mail addresses').fill('lead@example.com');
    await dialog().getByLabel('Whoever is on call: SOC on-call').check();
    await photograph(page, 'escalation-policy-dialog');
    await save();
    await page.getByText('15 min after the first message').waitFor();

    await open('digest');
    await page.getByRole('button', { name: 'Add a digest' }).click();
    await dialog().getByLabel('Recipient').fill('ada@example.com');
    await dialog().getByRole('button', { name: 'Preview' }).click();
    await dialog().getByText('Open by age:').waitFor();
    await dialog().getByRole('button', { name: 'Send a test' }).click();
    await dialog().getByText('The mail server accepted the mail.').waitFor();
    await photograph(page, 'escalation-digest-dialog');
    await save();
    await page.getByText('Mon, Tue, Wed, Thu, Fri').waitFor();

    await open('rules');
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByRole('menuitem', { name: 'Incidents' }).click();
    await dialog().getByLabel('Name').fill('High severity');
    await dialog().getByRole('button', { name: 'Next' }).click();
    await dialog().getByRole('button', { name: 'Next' }).click();
    await dialog().getByLabel('Recipient', { exact: true }).fill('ada@example.com');
    await page.keyboard.press('Enter');
    await dialog().getByLabel('Escalation policy').selectOption({ label: 'Night shift' });
    await photograph(page, 'escalation-rule');
    await dialog().getByRole('button', { name: 'Next' }).click();
    await dialog().getByRole('button', { name: 'Add the rule' }).click();
    await page.getByRole('grid').getByRole('button', { name: 'High severity', exact: true }).waitFor();
  });

  test('the demo attack’s mail is acknowledged by its link, without signing in', { timeout: 150_000 }, async () => {
    await page.goto('/incidents');
    await page.getByRole('button', { name: 'Load the demo attack' }).click();
    await page.getByRole('grid').getByRole('row').nth(1).waitFor({ timeout: 60_000 });
    await demoSettled(page);
    await expect.poll(() => linkOf('ada@example.com'), { timeout: 30_000 }).toMatch(/token=/);
    const link = linkOf('ada@example.com');
    const stranger = await newContext(browser, server.url);
    const looked = await stranger.context.newPage();
    looked.setDefaultTimeout(10_000);
    await looked.goto(link);
    await looked.getByRole('button', { name: 'Acknowledge' }).waitFor();
    await check(looked, 'acknowledge-open');
    const id = (await looked.getByRole('heading', { level: 2 }).textContent())?.match(/^\d+/)?.[0] ?? '';
    await page.goto(`/incidents/${id}`);
    await page.getByRole('button', { name: 'Acknowledge', exact: true }).waitFor();
    await check(page, 'escalation-incident');
    await looked.getByRole('button', { name: 'Acknowledge' }).click();
    await looked.getByText('Acknowledged by ada@example.com').waitFor();
    await check(looked, 'acknowledge-done');
    expect(stranger.watch.problems).toEqual([]);
    await stranger.context.close();
    await page.goto(`/incidents/${id}/activity`);
    await page.getByText('the escalation stopped').first().waitFor();
    expect(await page.getByRole('button', { name: 'Acknowledge', exact: true }).count()).toBe(0);
    await expect
      .poll(() => taken.some(({ raw }) => raw.includes('Acknowledged by ada@example.com')), { timeout: 45_000 })
      .toBe(true);
  });
});

describe('an incident is shared', { concurrent: false }, () => {
  test('with chosen people, a note and a look at the mail first', { timeout: 60_000 }, async () => {
    await page.goto('/incidents');
    await page.getByRole('grid').getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('button', { name: 'Share' }).click();
    await dialog().getByLabel('Recipient', { exact: true }).fill('ada@, eve@example.com');
    await page.keyboard.press('Enter');
    await dialog().getByText('is no mail address').waitFor();
    await dialog().getByLabel('Recipient', { exact: true }).fill('eve@example.com, fay@example.com');
    await page.keyboard.press('Enter');
    await dialog().getByLabel('Note').fill('Is this machine yours?');
    await dialog().getByRole('button', { name: 'Preview' }).click();
    await dialog().getByText('Is this machine yours?').nth(1).waitFor();
    await check(page, 'share-dialog');
    await dialog().getByRole('button', { name: 'Send' }).click();
    await page.getByText('is sent to 2 people').waitFor();
    await expect.poll(() => taken.filter(({ to }) => /^(eve|fay)@/.test(to)).length, { timeout: 20_000 }).toBe(2);
    expect(taken.find(({ to }) => to === 'eve@example.com')?.raw).toContain('Is this machine yours?');
  });
});

describe('every part, both themes, both sizes', { concurrent: false }, () => {
  for (const theme of themes) {
    for (const size of Object.keys(sizes) as Size[]) {
      test(`${theme}, ${size}`, { timeout: 60_000 }, async () => {
        const storageState = await context.storageState();
        const signedIn = await newContext(browser, server.url, { theme, size, storageState });
        const looked = await signedIn.context.newPage();
        looked.setDefaultTimeout(10_000);
        for (const tab of tabs) {
          await looked.goto(`/settings/notifications?tab=${tab}`);
          await looked.getByRole('tabpanel').waitFor();
          await looked.getByRole('tabpanel').getByRole('button').first().waitFor();
          await check(looked, `escalation-${tab}-${theme}-${size}`);
        }
        await looked.goto('/incidents');
        await looked.getByRole('grid').getByRole('row').nth(1).getByRole('link').first().click();
        await looked.getByRole('button', { name: 'Share' }).click();
        await looked.getByRole('dialog').getByLabel('Note').waitFor();
        await check(looked, `share-${theme}-${size}`);
        await looked.goto('/acknowledge#token=unknown');
        await looked.getByText('unknown or has expired').waitFor();
        await check(looked, `acknowledge-unknown-${theme}-${size}`);
        await signedIn.context.close();
      });
    }
  }

  test('the journeys made no script error and asked no other host', () => {
    expect(watch.problems.filter((text) => !/40[0149]/.test(text))).toEqual([]);
  });
});

/** The acknowledge link in the first mail to somebody, from its text part. */
function linkOf(to: string): string {
  const mails = taken
    .filter((each) => each.to === to)
    .map(({ raw }) => raw.replace(/=\r\n/g, '').replaceAll('=3D', '='));
  return (
    mails.map((raw) => /http:\/\/\S+\/acknowledge#token=[\w-]{43}/.exec(raw)?.[0] ?? '').find((link) => link !== '') ??
    ''
  );
}

async function check(on: Page, name: string): Promise<void> {
  await photograph(on, name);
  expect(await axeViolations(on), name).toEqual([]);
  const wide = await on.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(wide, `${name} overflows`).toBeLessThanOrEqual(0);
}
