import { z } from 'zod';
import { severities } from '../enums.ts';

/** What a notification is about: closed list, in the order in which one outdoes another within one message. */
export const noticeEvents = ['created', 'merged', 'updated'] as const;
export type NoticeEvent = (typeof noticeEvents)[number];

/** What became of one message to one recipient. */
export const deliveryStates = ['waiting', 'sending', 'sent', 'dead'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

// Control characters end or hide a line; in names and addresses they are always a mistake or an attack.
const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'expected text without control characters');

/** An address a mail can go to: one mailbox, no display name, no line breaks. */
export const mailAddress = z
  .email({
    pattern:
      /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
  })
  .max(254);

const severityList = z
  .array(z.enum(severities))
  .min(1)
  .max(severities.length)
  .transform((list) => severities.filter((severity) => list.includes(severity)));

/** A source of alerts that a rule listens to. */
export const notificationSource = z.strictObject({
  serviceSource: z.string().min(1).max(200),
  /** null = every detection source of the service. */
  detectionSource: z.string().min(1).max(200).nullable(),
  /** null = those of the rule. */
  severities: severityList.nullable(),
});
export type NotificationSource = z.infer<typeof notificationSource>;

const ruleFields = {
  name: line(100),
  description: z.string().trim().max(500),
  enabled: z.boolean(),
  /** null = all. */
  sources: z.array(notificationSource).min(1).max(100).nullable(),
  /** Alert severities that make it fire. */
  severities: severityList,
  /** Only the first alert of an incident that fits; what follows stays silent. */
  firstOnly: z.boolean(),
  includeOrganization: z.boolean(),
  includeLink: z.boolean(),
  /** Updates of one incident within this time become one message; 0 = each at once. */
  quietMinutes: z.int().min(0).max(1440),
  recipients: z
    .array(mailAddress)
    .max(50)
    .transform((list) => distinct(list, (address) => address.toLowerCase())),
  /** Ids of webhooks. */
  webhooks: z
    .array(z.int().min(1).max(2_147_483_647))
    .max(10)
    .transform((list) => distinct(list, String)),
};

/** A rule as a person writes it. */
export const notificationRuleBody = z
  .strictObject({
    ...ruleFields,
    description: ruleFields.description.default(''),
    enabled: ruleFields.enabled.default(true),
    sources: ruleFields.sources.default(null),
    firstOnly: ruleFields.firstOnly.default(false),
    includeOrganization: ruleFields.includeOrganization.default(false),
    includeLink: ruleFields.includeLink.default(true),
    quietMinutes: ruleFields.quietMinutes.default(30),
    recipients: ruleFields.recipients.default([]),
    webhooks: ruleFields.webhooks.default([]),
  })
  .refine(({ recipients, webhooks }) => recipients.length + webhooks.length > 0, {
    path: ['recipients'],
    message: 'expected at least one address or webhook',
  });
/** A change of a rule: what is left out stays. */
export const notificationRuleChange = z.strictObject(ruleFields).partial();
export type NotificationRuleChange = z.infer<typeof notificationRuleChange>;
export type NotificationRuleBody = z.infer<typeof notificationRuleBody>;
export type NotificationRuleInput = z.input<typeof notificationRuleBody>;

function distinct<T>(list: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(list.toReversed().map((item) => [key(item), item])).values()].reverse();
}

export const notificationRule = z.strictObject({
  id: z.int(),
  name: z.string(),
  description: z.string(),
  enabled: z.boolean(),
  sources: z.array(notificationSource).nullable(),
  severities: z.array(z.enum(severities)),
  firstOnly: z.boolean(),
  includeOrganization: z.boolean(),
  includeLink: z.boolean(),
  quietMinutes: z.int(),
  recipients: z.array(z.string()),
  webhooks: z.array(z.int()),
  createdDateTime: z.string(),
  createdBy: z.string(),
  lastUpdateDateTime: z.string(),
  lastModifiedBy: z.string(),
  /** When it last made a message; null = never. */
  lastNoticeDateTime: z.string().nullable(),
});
export type NotificationRule = z.infer<typeof notificationRule>;

/** What a rule would have done, and the mail it would send. */
export const notificationPreview = z.strictObject({
  days: z.int(),
  /** Incidents of the last `days` days that it would have told about. */
  incidents: z.int(),
  /** The newest of them that the mail is about; null = an invented example. */
  incidentId: z.int().nullable(),
  mail: z.strictObject({ subject: z.string(), html: z.string(), text: z.string() }),
});
export type NotificationPreview = z.infer<typeof notificationPreview>;

/** Sources that alerts came from, to choose among. */
export const notificationSources = z.strictObject({
  items: z.array(z.strictObject({ serviceSource: z.string(), detectionSources: z.array(z.string()) })),
});
export type NotificationSources = z.infer<typeof notificationSources>;

/** How the connection to the mail server is protected; `none` is for a server on this machine. */
export const mailSecurities = ['starttls', 'tls', 'none'] as const;
export type MailSecurity = (typeof mailSecurities)[number];
export const mailSignIns = ['none', 'password', 'oauth2'] as const;
export type MailSignIn = (typeof mailSignIns)[number];

const hostName = z
  .string()
  .trim()
  .max(253)
  .regex(
    /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$/,
    {
      error: 'expected a host name or an address, without port',
    },
  );

/** Hosts on this machine: the only ones to which mail may go unprotected. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** The mail server as an administrator sets it. `secret`: password or access token; left out = keep the one that is set. */
export const mailServerBody = z
  .strictObject({
    host: hostName,
    port: z.int().min(1).max(65_535),
    security: z.enum(mailSecurities),
    signIn: z.enum(mailSignIns).default('none'),
    userName: line(320).nullable().default(null),
    secret: z.string().min(1).max(8000).optional(),
    fromAddress: mailAddress,
    fromName: line(100).default('Throughline'),
  })
  .refine(({ host, security }) => security !== 'none' || isLoopbackHost(host), {
    path: ['security'],
    message: 'expected starttls or tls: only a server on this machine may be used without',
  })
  .refine(({ signIn, userName }) => signIn === 'none' || userName !== null, {
    path: ['userName'],
    message: 'expected a user name to sign in with',
  });
export type MailServerBody = z.infer<typeof mailServerBody>;

/** The mail server as it is shown: the secret never is. */
export const mailServer = z.strictObject({
  host: z.string(),
  port: z.int(),
  security: z.enum(mailSecurities),
  signIn: z.enum(mailSignIns),
  userName: z.string().nullable(),
  hasSecret: z.boolean(),
  fromAddress: z.string(),
  fromName: z.string(),
  lastUpdateDateTime: z.string(),
  lastModifiedBy: z.string(),
});
export type MailServer = z.infer<typeof mailServer>;
/** null = none is set. */
export const mailServerAnswer = z.strictObject({ mailServer: mailServer.nullable() });

export const testMailBody = z.strictObject({ to: z.array(mailAddress).min(1).max(10) });
/** What the mail server said to each address. */
export const testMailAnswer = z.strictObject({
  results: z.array(z.strictObject({ to: z.string(), accepted: z.boolean(), detail: z.string() })),
});
export type TestMailAnswer = z.infer<typeof testMailAnswer>;

export const webhookBody = z.strictObject({
  name: line(100),
  url: z.url({ protocol: /^https?$/ }).max(2000),
});
export const webhook = z.strictObject({
  id: z.int(),
  name: z.string(),
  url: z.string(),
  createdDateTime: z.string(),
  lastModifiedBy: z.string(),
});
export type Webhook = z.infer<typeof webhook>;
/** `secret` signs what is sent; shown when it was made, and null when it stayed as it was. */
export const webhookSaved = webhook.extend({ secret: z.string().nullable() });
export type WebhookSaved = z.infer<typeof webhookSaved>;

export const delivery = z.strictObject({
  id: z.int(),
  ruleId: z.int(),
  ruleName: z.string(),
  incidentId: z.int(),
  event: z.enum(noticeEvents),
  /** The mail address, or the webhook's name. */
  target: z.string(),
  channel: z.enum(['mail', 'webhook']),
  state: z.enum(deliveryStates),
  subject: z.string().nullable(),
  attempts: z.int(),
  lastError: z.string().nullable(),
  createdDateTime: z.string(),
  /** When it is tried (again). */
  dueDateTime: z.string(),
  sentDateTime: z.string().nullable(),
});
export type Delivery = z.infer<typeof delivery>;
export const deliveryQuery = z.strictObject({
  state: z.enum(deliveryStates).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(20).regex(/^\d+$/).optional(),
});
/** Newest first; `counts` are of all. */
export const deliveryPage = z.strictObject({
  items: z.array(delivery),
  counts: z.strictObject({ waiting: z.int(), sending: z.int(), sent: z.int(), dead: z.int() }),
  next: z.string().nullable(),
});
export type DeliveryPage = z.infer<typeof deliveryPage>;
