import { Buffer } from 'node:buffer';
import type { Severity } from '@throughline/model';
import type { Outline } from './outline.ts';

/** What a Teams workflow takes at most, bytes: 28 kB for the whole message. */
const mostBytes = 28_000;

const colors: Record<Severity, string> = {
  high: 'attention',
  medium: 'warning',
  low: 'accent',
  informational: 'default',
  unknown: 'default',
};

type Run = Record<string, unknown>;

/**
 * A message for Teams' workflow webhooks: an Adaptive Card as attachment. Words from outside stand in text runs, which
 * know no Markdown, and mentions need entities, which the card has none of. Alerts that do not fit are counted.
 */
export function renderTeams(words: Outline): string {
  for (let shown = words.alerts.length; ; shown--) {
    const text = JSON.stringify(message(words, Math.max(shown, 0)));
    if (Buffer.byteLength(text) <= mostBytes) return text;
    if (shown <= 0) return JSON.stringify(message({ ...words, facts: [] }, 0));
  }
}

function message(words: Outline, shown: number) {
  const { title, lead, severity, severityWord, facts, alerts, more, link, linkWords, acknowledge, footer } = words;
  const left = alerts.length - shown;
  const rest = left === 0 ? more : `and more alerts: see the incident`;
  const actions = [
    ...(acknowledge === undefined ? [] : [{ type: 'Action.OpenUrl', title: 'Acknowledge', url: acknowledge }]),
    ...(link === null ? [] : [{ type: 'Action.OpenUrl', title: linkWords, url: link }]),
  ];
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body: [
      rich([{ ...run(severityWord), weight: 'bolder', color: colors[severity] }]),
      rich([{ ...run(title), weight: 'bolder', size: 'large' }]),
      rich([run(lead)]),
      ...alerts
        .slice(0, shown)
        .map((alert) =>
          rich([
            { ...run(`${alert.severityWord} `), weight: 'bolder', color: colors[alert.severity] },
            run(alert.title),
            { ...run(` (${alert.detail})`), isSubtle: true },
          ]),
        ),
      ...(rest === '' ? [] : [rich([{ ...run(rest), isSubtle: true }])]),
      ...facts.map(({ name, value }) => rich([{ ...run(`${name}: `), weight: 'bolder' }, run(value)], 'small')),
      rich([{ ...run(footer), isSubtle: true, size: 'small' }]),
    ],
    actions,
  };
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

function run(text: string): Run {
  return { type: 'TextRun', text };
}

function rich(inlines: Run[], spacing = 'default') {
  return { type: 'RichTextBlock', spacing, inlines };
}
