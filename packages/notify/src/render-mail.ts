import type { Severity } from '@throughline/model';
import { type AboutView, aboutOutline } from './about-outline.ts';
import type { MessageView } from './incident-view.ts';
import { type Outline, outline } from './outline.ts';
import { type Html, html } from './safe-text.ts';

/** A mail's content. */
export type MailContent = { subject: string; html: string; text: string };

/** The mail about an incident: HTML and text say the same. */
export function renderMail(view: MessageView): MailContent {
  return renderOutline(outline(view));
}

/** The mail about something else. */
export function renderAboutMail(view: AboutView): MailContent {
  return renderOutline(aboutOutline(view));
}

/** The mail that says what an outline says. */
export function renderOutline(words: Outline): MailContent {
  return { subject: words.subject, html: htmlPart(words), text: textPart(words) };
}

/** The mail that shows that the way to a recipient is open. */
export function renderTestMail(organization: string | null): MailContent {
  const from = organization === null ? '' : ` of ${organization}`;
  const words: Outline = {
    subject: `Test of the notifications${from}`,
    lead: 'This is a test. Nothing happened.',
    title: 'Notifications reach this address',
    severity: 'informational',
    severityWord: 'Test',
    facts: [],
    alerts: [],
    more: '',
    link: null,
    linkWords: '',
    footer: `Sent by Throughline${from} because an administrator pressed “Send test mail”.`,
  };
  return { subject: words.subject, html: htmlPart(words), text: textPart(words) };
}

function textPart(words: Outline): string {
  const { lead, title, severityWord, facts, alerts, more, link, linkWords, acknowledge, footer } = words;
  const widest = Math.max(0, ...facts.map(({ name }) => name.length));
  const blocks = [
    `${title}\n${lead}`,
    acknowledge === undefined ? '' : `Acknowledge (for you, for a day, once):\n${acknowledge}`,
    link === null ? '' : `${linkWords}:\n${link}`,
    facts.map(({ name, value }) => `${`${name}:`.padEnd(widest + 2)}${value}`).join('\n'),
    alerts.length === 0
      ? ''
      : [...alerts.map((alert) => `- ${alert.severityWord}: ${alert.title} (${alert.detail})`), more]
          .filter((line) => line !== '')
          .join('\n'),
    // "-- " starts a signature (RFC 3676): mail programs fold it in replies.
    `-- \n${footer}`,
  ];
  return `${severityWord === 'Test' ? '' : `[${severityWord}] `}${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

// Light and dark ground and ink of a severity. Mail programs that know no media queries show the light ones.
const tones: Record<Severity, { light: string; name: string }> = {
  high: { light: '#b4232a', name: 'high' },
  medium: { light: '#944800', name: 'medium' },
  low: { light: '#6a5900', name: 'low' },
  informational: { light: '#55606d', name: 'plain' },
  unknown: { light: '#55606d', name: 'plain' },
};

// Some programs drop <style>: everything light stands inline as well; classes exist for the dark scheme and small screens.
const style = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background: #0f1216 !important; }
  .card { background: #181d23 !important; border-color: #323a44 !important; }
  .ink { color: #e6e9ee !important; }
  .soft { color: #a5aeb9 !important; }
  .rule { border-color: #323a44 !important; }
  .high { color: #ff8a85 !important; border-color: #e5484d !important; }
  .medium { color: #f5a65b !important; border-color: #e07b1a !important; }
  .low { color: #dfc548 !important; border-color: #c4a200 !important; }
  .plain { color: #a5aeb9 !important; border-color: #6d7887 !important; }
  .press { background: #2b68d8 !important; border-color: #2b68d8 !important; }
  .quiet { background: #181d23 !important; border-color: #56616e !important; color: #8db4ff !important; }
}
@media (max-width: 480px) { .pad { padding-left: 16px !important; padding-right: 16px !important; } }
`;

const font = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

function htmlPart(words: Outline): string {
  const { subject, lead, title, severity, severityWord, facts, alerts, more, link, linkWords, acknowledge, footer } =
    words;
  const tone = tones[severity];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${subject}</title>
<style>${raw(style)}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f5f6f8;${raw(font)}">
<div style="display:none;max-height:0;overflow:hidden">${lead}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="page" style="background:#f5f6f8"><tr><td align="center" style="padding:24px 8px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="card" style="max-width:600px;background:#ffffff;border:1px solid #cdd2da;border-radius:6px">
<tr><td class="pad" style="padding:20px 24px 0">
<div class="${tone.name}" style="border-left:4px solid ${tone.light};padding-left:10px;color:${tone.light};font-size:13px;line-height:20px;font-weight:600">${severityWord}</div>
<h1 class="ink" style="margin:8px 0 4px;font-size:20px;line-height:28px;font-weight:600;color:#161a20;overflow-wrap:anywhere">${title}</h1>
<p class="soft" style="margin:0;font-size:14px;line-height:20px;color:#4d5661">${lead}</p>
</td></tr>${acknowledgeRow(acknowledge)}${linkRow(link, linkWords, acknowledge === undefined)}${alertRows(alerts, more)}${factRows(facts)}
<tr><td class="pad" style="padding:16px 24px 20px">
<p class="soft" style="margin:0;font-size:12px;line-height:16px;color:#5d6672;overflow-wrap:anywhere">${footer}</p>
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
  return page.html;
}

const button =
  'display:inline-block;padding:8px 16px;border-radius:6px;font-size:14px;line-height:20px;font-weight:600;text-decoration:none';
const primary = 'background:#1f5fd1;border:1px solid #1f5fd1;color:#ffffff';
const quiet = 'background:#ffffff;border:1px solid #b4bbc5;color:#1f5fd1';

function factRows(facts: Outline['facts']): Html {
  if (facts.length === 0) return html``;
  const rows = facts.map(
    ({ name, value }) => html`
<tr><td class="soft" width="104" style="padding:3px 12px 3px 0;font-size:13px;line-height:20px;color:#5d6672;vertical-align:top">${name}</td><td class="ink" style="padding:3px 0;font-size:13px;line-height:20px;color:#161a20;vertical-align:top;overflow-wrap:anywhere">${value}</td></tr>`,
  );
  return html`
<tr><td class="pad" style="padding:16px 24px 0">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="rule" style="border-top:1px solid #e1e5ea;padding-top:10px">${rows}
</table>
</td></tr>`;
}

function alertRows(alerts: Outline['alerts'], more: string): Html {
  if (alerts.length === 0) return html``;
  const rows = alerts.map(({ title, detail, severity, severityWord }) => {
    const { name, light } = tones[severity];
    return html`
<tr><td style="padding:4px 0;font-size:13px;line-height:20px;overflow-wrap:anywhere"><span class="${name}" style="color:${light};font-weight:600">${severityWord}</span> <span class="ink" style="color:#161a20">${title}</span><br><span class="soft" style="color:#5d6672;font-size:12px;line-height:16px">${detail}</span></td></tr>`;
  });
  const rest = html`
<tr><td class="soft" style="padding:4px 0;font-size:12px;line-height:16px;color:#5d6672">${more}</td></tr>`;
  return html`
<tr><td class="pad" style="padding:16px 24px 0">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="rule" style="border-top:1px solid #e1e5ea;padding-top:8px">${rows}${more === '' ? html`` : rest}
</table>
</td></tr>`;
}

function acknowledgeRow(acknowledge: string | undefined): Html {
  if (acknowledge === undefined) return html``;
  return html`
<tr><td class="pad" style="padding:16px 24px 0">
<a href="${acknowledge}" class="press" style="${raw(button)};${raw(primary)}">Acknowledge</a>
<p class="soft" style="margin:8px 0 0;font-size:12px;line-height:16px;color:#5d6672">The link is for you alone, for a day, and works once. It stops the escalation.</p>
</td></tr>`;
}

/** `first`: it is what the mail asks for; otherwise something else is, and it steps back. */
function linkRow(link: string | null, words: string, first: boolean): Html {
  if (link === null) return html``;
  return html`
<tr><td class="pad" style="padding:16px 24px 0">
<a href="${link}" class="${first ? 'press' : 'quiet'}" style="${raw(button)};${raw(first ? primary : quiet)}">${words}</a>
<p class="soft" style="margin:8px 0 0;font-size:12px;line-height:16px;color:#5d6672;overflow-wrap:anywhere">${link}</p>
</td></tr>`;
}

/** Our own text, which needs no escaping. */
function raw(text: string): Html {
  return { html: text };
}
