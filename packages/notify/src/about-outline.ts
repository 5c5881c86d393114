import {
  actionStatusWords,
  actionTypeWords,
  type NoticeAbout,
  type NoticeEvent,
  reportTypeWords,
} from '@throughline/model';
import { conditionWords } from './condition-words.ts';
import { instantWords, type Outline } from './outline.ts';
import { oneLine } from './safe-text.ts';

/** A message that is not about an incident. */
export type AboutView = {
  event: NoticeEvent;
  ruleName: string;
  about: NoticeAbout;
  /** Set when the rule wants it. */
  organization?: string;
  /** Where to look in the portal; set when the rule wants it. */
  link?: string;
};

/** The words of a message about something else than an incident. */
export function aboutOutline(view: AboutView): Outline {
  const organization = view.organization === undefined ? '' : oneLine(view.organization, 80);
  const words = wordsOf(view);
  return {
    more: '',
    alerts: [],
    ...words,
    subject: `${organization === '' ? '' : `${organization}: `}${words.subject}`,
    facts: [{ name: 'Organization', value: organization }, ...words.facts].filter(({ value }) => value !== ''),
    link: view.link ?? null,
    footer: `Sent by Throughline because of the rule “${oneLine(view.ruleName, 100)}”.`,
  };
}

type Words = Pick<Outline, 'subject' | 'lead' | 'title' | 'severity' | 'severityWord' | 'facts' | 'linkWords'>;

function wordsOf({ event, about }: AboutView): Words {
  if (about.kind === 'action') {
    const { source, type, status, target, by, incidentId, at } = about.event;
    const title = `${actionTypeWords[type]}: ${oneLine(target, 160)}`;
    return {
      subject: `Response action ${actionStatusWords[status].toLowerCase()}: ${title}`,
      lead: source === 'manual' ? `Ordered by ${oneLine(by, 100)}.` : 'Ordered by automation.',
      title,
      severity: status === 'failed' ? 'medium' : 'informational',
      severityWord: actionStatusWords[status],
      facts: [
        { name: 'Incident', value: incidentId === null ? '' : String(incidentId) },
        { name: 'At', value: instantWords(at) },
      ],
      linkWords: 'Open the portal',
    };
  }
  if (about.kind === 'report') {
    const { change, title, type, tags, summary, at } = about.event;
    const name = oneLine(title, 160);
    return {
      subject: `${change === 'new' ? 'New threat report' : 'Threat report updated'}: ${name}`,
      lead: oneLine(summary, 500),
      title: name,
      severity: 'informational',
      severityWord: reportTypeWords[type],
      facts: [
        {
          name: 'Tags',
          value: tags
            .slice(0, 8)
            .map((tag) => oneLine(tag, 60))
            .join(', '),
        },
        { name: 'At', value: instantWords(at) },
      ],
      linkWords: 'Open the portal',
    };
  }
  const { title, detail } = conditionWords(about);
  const over = event === 'recovered';
  return {
    // The same subject when it is over: some mail programs thread by it.
    subject: title,
    lead: over ? 'This is over.' : detail,
    title,
    severity: over ? 'informational' : 'high',
    severityWord: over ? 'Recovered' : 'Operations',
    facts: [
      { name: 'Since', value: instantWords(about.openedAt) },
      { name: 'Until', value: about.closedAt === null ? '' : instantWords(about.closedAt) },
    ],
    linkWords: 'Open operations',
  };
}
