import type { Outline } from './outline.ts';

const longestText = 3_000;
const longestField = 2_000;
const longestHeader = 150;
const fieldsASection = 10;

type Block = Record<string, unknown>;

/**
 * A message for Slack's incoming webhooks (and what is compatible with them): text and Block Kit blocks. Words from
 * outside stand in `plain_text` objects, in which nothing is a mention, a link or bold; limits are those of
 * https://docs.slack.dev/reference/block-kit/blocks (3000 characters a section, 150 a header, 10 fields).
 */
export function renderSlack(words: Outline): string {
  const { subject, title, lead, severityWord, facts, alerts, more, link, linkWords, acknowledge, footer } = words;
  const lines = alerts.map((alert) => `${alert.severityWord}: ${alert.title} (${alert.detail})`);
  const links = [
    ...(acknowledge === undefined ? [] : [linkTo(acknowledge, 'Acknowledge')]),
    ...(link === null ? [] : [linkTo(link, linkWords)]),
  ];
  const blocks: Block[] = [
    { type: 'header', text: plain(`${severityWord}: ${title}`, longestHeader) },
    section(plain(lead)),
    ...(links.length === 0 ? [] : [section({ type: 'mrkdwn', verbatim: true, text: links.join('   ') })]),
    ...(lines.length === 0 ? [] : [section(plain([...lines, more].filter((line) => line !== '').join('\n')))]),
    ...fieldSections(facts),
    { type: 'context', elements: [plain(footer)] },
  ];
  // What notifications show. `parse` none: no mention and no link is made of it, besides what `<…>` marks, which is escaped.
  const text = escapeSlack(cut(`${subject} – ${lead}`, longestText));
  return JSON.stringify({ text, parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false, blocks });
}

function fieldSections(facts: Outline['facts']): Block[] {
  const sections: Block[] = [];
  for (let from = 0; from < facts.length; from += fieldsASection) {
    const fields = facts
      .slice(from, from + fieldsASection)
      .map(({ name, value }) => plain(`${name}: ${value}`, longestField));
    sections.push({ type: 'section', fields });
  }
  return sections;
}

function section(text: Block): Block {
  return { type: 'section', text };
}

function plain(text: string, most: number = longestText): Block {
  return { type: 'plain_text', emoji: false, text: cut(escapeSlack(text), most) };
}

// The address is ours; whatever would end it early is percent-encoded.
function linkTo(url: string, words: string): string {
  return `<${escapeSlack(url.replaceAll('|', '%7C').replaceAll('>', '%3E').replaceAll('<', '%3C'))}|${words}>`;
}

/** The three characters that Slack asks to escape: without them `<!channel>`, `<@U1>` and `<url|words>` are text. */
function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most `most` UTF-16 units; no half character or half entity at the end. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, most - 1)
    .replace(/&[a-z]*$/, '')
    .replace(/[\uD800-\uDBFF]$/, '')}…`;
}
