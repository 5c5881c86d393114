import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MailReceiver, startMailReceiver } from './mail-receiver.fixture.ts';
import { startWorld, tenantId, type World } from './notify.fixture.ts';
import { sharedMail } from './said-words.ts';

let world: World;
let box: MailReceiver;
beforeEach(async () => {
  [world, box] = await Promise.all([startWorld(), startMailReceiver()]);
  await world.put(
    { incidentId: 1, title: 'On an endpoint', serviceSource: 'edr', groups: [1] },
    { incidentId: 1, title: 'In the mail', serviceSource: 'mail', severity: 'low', groups: [2] },
  );
});
afterEach(async () => {
  await world.stop();
  await box.stop();
});

const share = (sees: { groups?: number[]; sources?: { mode: 'selected' | 'allExcept'; sources: string[] } }) =>
  sharedMail(
    world.db,
    tenantId,
    { kind: 'shared', incidentId: 1, by: 'ada', note: 'Look', groups: null, sources: null, ...sees },
    'https://soc.example.com',
  );

describe('a shared incident is what its sender sees of it', () => {
  test('everything', async () => {
    const { subject, text } = await share({});
    expect(subject).toBe('High incident 1: Incident name 1');
    expect(text).toContain('ada: Look');
    expect(text).toContain('https://soc.example.com/incidents/1');
  });

  test.each([
    ['device groups', { groups: [2] }],
    ['chosen sources', { sources: { mode: 'selected' as const, sources: ['mail'] } }],
    ['all sources but some', { sources: { mode: 'allExcept' as const, sources: ['edr'] } }],
    ['device groups and sources', { groups: [1, 2], sources: { mode: 'selected' as const, sources: ['mail'] } }],
  ])('%s: the part within, under the title of its first alert, without the reason', async (_, sees) => {
    const { subject, text, html } = await share(sees);
    expect(subject).toBe('Low incident 1: In the mail');
    expect(text).toContain('1 open of 1');
    expect(text + html).not.toMatch(/Incident name|Joined by|endpoint|edr/i);
  });

  test('nothing of it: there is no mail', async () => {
    await expect(share({ groups: [1], sources: { mode: 'selected', sources: ['mail'] } })).rejects.toThrow('gone');
  });
});
