import { z } from 'zod';
import { severities } from '../enums.ts';
import { ruleKinds, ruleStops } from '../rule-kind.ts';
import { saidKinds } from './escalation.ts';
import { mailAddress, oneLineText } from './mail-address.ts';
import { actionChoice, operationsChoice, reportChoice } from './rule-kinds.ts';

/** What a notification is about: closed list, in the order in which one outdoes another within one message. */
export const noticeEvents = [
  'created',
  'merged',
  'severityRaised',
  'updated',
  // Of response actions and threat reports; of the server.
  'told',
  'opened',
  'recovered',
] as const;
export type NoticeEvent = (typeof noticeEvents)[number];

/** What became of one message to one recipient. */
export const deliveryStates = ['waiting', 'sending', 'sent', 'dead'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

const line = oneLineText;

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
  /** Alert severities that make it fire; of incident rules. */
  severities: z
    .array(z.enum(severities))
    .max(severities.length)
    .transform((list) => severities.filter((severity) => list.includes(severity))),
  /** Device groups whose alerts or actions it is about, −1 = those that name no device; null = all. */
  deviceGroups: z
    .array(z.int().min(-1).max(2_147_483_647))
    .min(1)
    .max(201)
    .transform((list) => distinct(list, String).sort((a, b) => a - b))
    .nullable(),
  /** Of rules of that kind; otherwise null. */
  action: actionChoice.nullable(),
  report: reportChoice.nullable(),
  operations: operationsChoice.nullable(),
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
  /** The escalation policy whose steps begin with the first message; null = none. */
  policyId: z.int().min(1).max(2_147_483_647).nullable(),
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
    kind: z.enum(ruleKinds).default('incident'),
    severities: ruleFields.severities.default([]),
    deviceGroups: ruleFields.deviceGroups.default(null),
    action: ruleFields.action.default(null),
    report: ruleFields.report.default(null),
    operations: ruleFields.operations.default(null),
    description: ruleFields.description.default(''),
    enabled: ruleFields.enabled.default(true),
    sources: ruleFields.sources.default(null),
    firstOnly: ruleFields.firstOnly.default(false),
    includeOrganization: ruleFields.includeOrganization.default(false),
    includeLink: ruleFields.includeLink.default(true),
    quietMinutes: ruleFields.quietMinutes.default(30),
    recipients: ruleFields.recipients.default([]),
    webhooks: ruleFields.webhooks.default([]),
    policyId: ruleFields.policyId.default(null),
  })
  .refine(({ recipients, webhooks }) => recipients.length + webhooks.length > 0, {
    path: ['recipients'],
    message: 'expected at least one address or webhook',
  })
  .refine(({ kind, severities: chosen }) => kind !== 'incident' || chosen.length > 0, {
    path: ['severities'],
    message: 'expected at least one severity',
  })
  .superRefine((body, context) => {
    for (const kind of ['action', 'report', 'operations'] as const) {
      if ((body[kind] !== null) === (body.kind === kind)) continue;
      const message =
        body.kind === kind ? `expected what the ${kind} rule is about` : `expected null: not of this kind`;
      context.addIssue({ code: 'custom', path: [kind], message });
    }
    if (body.deviceGroups !== null && (body.kind === 'report' || body.kind === 'operations')) {
      const message = 'expected null: rules of this kind concern all device groups';
      context.addIssue({ code: 'custom', path: ['deviceGroups'], message });
    }
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
  kind: z.enum(ruleKinds),
  deviceGroups: z.array(z.int()).nullable(),
  action: actionChoice.nullable(),
  report: reportChoice.nullable(),
  operations: operationsChoice.nullable(),
  /** Why it is silent although it is on. */
  stopped: z.enum(ruleStops).nullable(),
  /** How often it spoke or stayed silent in the last 30 days, by reason. */
  counts: z.record(z.string(), z.int()),
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
  policyId: z.int().nullable(),
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
  /** Incidents, or whatever the rule is about, of the last `days` days that it would have told about. */
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
    /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*|[0-9a-fA-F.]*:[0-9a-fA-F:.]*)$/,
    {
      error: 'expected a host name or an address, without port',
    },
  );

/** Hosts on this machine: the only ones to which mail may go unprotected. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** How access tokens are asked for: with a refresh token of the mailbox (RFC 6749, 6), or as the program itself (4.4). */
export const oauthGrants = ['refreshToken', 'clientCredentials'] as const;
export type OauthGrant = (typeof oauthGrants)[number];

/** Where access tokens for the mail server come from. */
export const mailOauth = z.strictObject({
  tokenUrl: z.url({ protocol: /^https?$/ }).max(2000),
  clientId: line(300),
  grant: z.enum(oauthGrants),
  scope: z
    .string()
    .trim()
    .max(1000)
    .regex(/^[\x21-\x7e ]*$/)
    .default(''),
});
export type MailOauth = z.infer<typeof mailOauth>;

/**
 * The mail server as an administrator sets it. `secret`: the password, or with `oauth` the client secret, or without it
 * an access token; left out = keep the one that is set. So is `refreshToken`.
 */
export const mailServerBody = z
  .strictObject({
    host: hostName,
    port: z.int().min(1).max(65_535),
    security: z.enum(mailSecurities),
    signIn: z.enum(mailSignIns).default('none'),
    userName: line(320).nullable().default(null),
    secret: z.string().min(1).max(8000).optional(),
    oauth: mailOauth.nullable().default(null),
    refreshToken: z.string().min(1).max(8000).optional(),
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
  })
  .refine(({ signIn, oauth }) => oauth === null || signIn === 'oauth2', {
    path: ['oauth'],
    message: 'expected null: only the sign-in oauth2 has it',
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
  oauth: mailOauth.nullable(),
  hasRefreshToken: z.boolean(),
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

/** What a webhook is called with: our signed JSON, or what Slack's and Teams' webhooks take. */
export const webhookFormats = ['throughline', 'slack', 'teams'] as const;
export type WebhookFormat = (typeof webhookFormats)[number];

/**
 * A webhook. The addresses of `slack` and `teams` are secrets: left out at a change, the one that is set stays; it cannot
 * be left out when there is none.
 */
export const webhookBody = z.strictObject({
  name: line(100),
  format: z.enum(webhookFormats).default('throughline'),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
});
export type WebhookBody = z.infer<typeof webhookBody>;
export const webhook = z.strictObject({
  id: z.int(),
  name: z.string(),
  format: z.enum(webhookFormats),
  /** Of `slack` and `teams` the host and the last four characters only. */
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
  /** null = it is about something else. */
  incidentId: z.int().nullable(),
  event: z.enum([...noticeEvents, ...saidKinds]),
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
