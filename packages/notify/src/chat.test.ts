import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { outline } from './outline.ts';
import { renderSlack } from './render-slack.ts';
import { renderTeams } from './render-teams.ts';
import { sampleMessage } from './sample.ts';

const view = {
  ...sampleMessage,
  organization: 'Example',
  link: 'https://soc.example.com/incidents/1042',
  acknowledge: 'https://soc.example.com/acknowledge#token=abc',
};

test('Slack, as it was read with eyes once', async () => {
  await expect(`${JSON.stringify(JSON.parse(renderSlack(outline(view))), null, 2)}\n`).toMatchFileSnapshot(
    './golden/slack.json',
  );
});

test('Teams, as it was read with eyes once', async () => {
  await expect(`${JSON.stringify(JSON.parse(renderTeams(outline(view))), null, 2)}\n`).toMatchFileSnapshot(
    './golden/teams.json',
  );
});

const hostile = [
  '<!channel> <!here> <@U123> <https://evil.example|click>',
  '@here @channel @everyone #general',
  '*bold* _it_ ~no~ `code` [a](https://evil.example) <at>Ada</at>',
  '&lt;!channel&gt; &amp;',
  '\n\n> quote\n- list\u202E',
  '😀'.repeat(900),
  '<'.repeat(5_000),
];

describe.each(hostile)('%j', (text) => {
  const words = outline({
    ...view,
    ruleName: text,
    organization: text,
    incident: { ...view.incident, displayName: text, reason: text, tags: Array(9).fill(text), assignedTo: text },
    alerts: Array(20).fill({ ...view.alerts[0], title: text, detectionSource: text }),
    alertCount: 20,
  });

  test('Slack: text stays text, within the limits', () => {
    const { text: fallback, blocks, parse, link_names } = JSON.parse(renderSlack(words));
    expect([parse, link_names]).toEqual(['none', false]);
    expect(fallback.replace(/&(?:lt|gt|amp);/g, '')).not.toMatch(/[<>&]/);
    expect(fallback.length).toBeLessThanOrEqual(3_000);
    expect(blocks.length).toBeLessThanOrEqual(50);
    const texts = blocks.flatMap((block: { text?: object; fields?: object[]; elements?: object[] }) =>
      [block.text, ...(block.fields ?? []), ...(block.elements ?? [])].filter((each) => each !== undefined),
    );
    for (const each of texts) {
      expect(each.text.length).toBeLessThanOrEqual(3_000);
      expect(each.text.length).toBeGreaterThan(0);
      // Markup is only in our own line of links.
      if (each.type === 'mrkdwn')
        expect(each.text).toMatch(/^<https:\/\/soc[^<>]*\|Acknowledge> {3}<https:\/\/soc[^<>]*\|Open the incident>$/);
      else expect(each.text.replace(/&(?:lt|gt|amp);/g, '')).not.toMatch(/[<>&]/);
    }
    for (const { type, text: header, fields } of blocks) {
      if (type === 'header') expect(header.text.length).toBeLessThanOrEqual(150);
      expect(fields?.length ?? 0).toBeLessThanOrEqual(10);
    }
  });

  test('Teams: text runs only, no mention, at most 28 kB', () => {
    const body = renderTeams(words);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(28_000);
    const { content } = JSON.parse(body).attachments[0];
    expect(Object.keys(content.msteams)).toEqual(['width']);
    for (const block of content.body) {
      expect(block.type).toBe('RichTextBlock');
      for (const run of block.inlines) expect(run.type).toBe('TextRun');
    }
    for (const { url } of content.actions) expect(url).toMatch(/^https:\/\/soc\.example\.com\//);
  });
});
