import { z } from 'zod';
import { severities } from '../enums.ts';
import { mailAddress, oneLineText } from './mail-address.ts';

/** What a message tells that is of no rule's notice: closed list. */
export const saidKinds = ['escalated', 'acknowledged', 'digest', 'shared'] as const;
export type SaidKind = (typeof saidKinds)[number];

/** Why an escalation ended: closed list. */
export const escalationEnds = ['acknowledged', 'assigned', 'statusChanged', 'merged', 'ruleGone'] as const;
export type EscalationEnd = (typeof escalationEnds)[number];

const id = z.int().min(1).max(2_147_483_647);
const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'expected a time of the day such as 08:30');
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) ?? false, 'expected a date');
const timeZone = z.string().max(64).refine(isTimeZone, 'expected a time zone such as Europe/Berlin');

/** Whether a text names a time zone of the IANA database. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** Somebody who can be on call. */
export const onCallPerson = z.strictObject({ name: oneLineText(100), mail: mailAddress });
export type OnCallPerson = z.infer<typeof onCallPerson>;

/** A rotation: people take turns of a day or a week, which change at `handover` on the wall. */
export const onCallScheduleBody = z.strictObject({
  name: oneLineText(100),
  timeZone,
  /** Local date on which the first of the people begins. */
  firstDay: day,
  handover: clockTime,
  every: z.enum(['day', 'week']),
  people: z.array(onCallPerson).min(1).max(50),
  /** Who stands in, and when; the later in the list wins. */
  overrides: z
    .array(
      z
        .strictObject({ from: z.iso.datetime().max(40), to: z.iso.datetime().max(40), person: onCallPerson })
        .refine(({ from, to }) => Date.parse(from) < Date.parse(to), { path: ['to'], message: 'expected after from' }),
    )
    .max(100)
    .default([]),
});
export type OnCallScheduleBody = z.infer<typeof onCallScheduleBody>;

export const onCallSchedule = z.strictObject({
  id: z.int(),
  ...onCallScheduleBody.shape,
  lastUpdateDateTime: z.string(),
  lastModifiedBy: z.string(),
  /** Whoever is on call now. */
  now: onCallPerson,
  /** The turns of the next 14 days. */
  turns: z.array(z.strictObject({ from: z.string(), to: z.string(), person: onCallPerson, override: z.boolean() })),
});
export type OnCallSchedule = z.infer<typeof onCallSchedule>;

/** One step: whom it tells, and how many minutes after the one before (the first: after the first message). */
export const escalationStep = z
  .strictObject({
    afterMinutes: z.int().min(0).max(10_080),
    mails: z.array(mailAddress).max(20).default([]),
    webhooks: z.array(id).max(10).default([]),
    /** Whoever is on call at that time. */
    schedules: z.array(id).max(10).default([]),
  })
  .refine(({ mails, webhooks, schedules }) => mails.length + webhooks.length + schedules.length > 0, {
    path: ['mails'],
    message: 'expected at least one address, webhook or schedule',
  });
export type EscalationStep = z.infer<typeof escalationStep>;

/** Who is told, step by step, while nobody takes an incident up. */
export const escalationPolicyBody = z.strictObject({
  name: oneLineText(100),
  steps: z.array(escalationStep).min(1).max(10),
  /** How often all steps are gone through again. */
  repeats: z.int().min(0).max(9).default(0),
});
export type EscalationPolicyBody = z.infer<typeof escalationPolicyBody>;
export type EscalationPolicyInput = z.input<typeof escalationPolicyBody>;

export const escalationPolicy = z.strictObject({
  id: z.int(),
  ...escalationPolicyBody.shape,
  /** Rules that use it, by name. */
  rules: z.array(z.string()),
  /** Escalations under way. */
  running: z.int(),
  lastUpdateDateTime: z.string(),
  lastModifiedBy: z.string(),
});
export type EscalationPolicy = z.infer<typeof escalationPolicy>;

/** A daily mail to one person about what happened in the device groups of whoever made it. */
export const digestBody = z.strictObject({
  recipient: mailAddress,
  /** When clocks show this. */
  time: clockTime,
  timeZone,
  /** 1 = Monday … 7 = Sunday. */
  days: z
    .array(z.int().min(1).max(7))
    .min(1)
    .max(7)
    .transform((list) => [...new Set(list)].sort((a, b) => a - b)),
  enabled: z.boolean().default(true),
});
export type DigestBody = z.infer<typeof digestBody>;

export const digest = z.strictObject({
  id: z.int(),
  ...digestBody.shape,
  nextDateTime: z.string().nullable(),
  lastModifiedBy: z.string(),
});
export type Digest = z.infer<typeof digest>;

/** A digest as its mail would be now. */
export const digestPreview = z.strictObject({
  mail: z.strictObject({ subject: z.string(), html: z.string(), text: z.string() }),
});
export type DigestPreview = z.infer<typeof digestPreview>;

export const acknowledgeBody = z.strictObject({ token: z.string().max(100) });
/** What the page of an acknowledge link shows: no more than the message did. */
export const acknowledgeView = z.strictObject({
  incidentId: z.int(),
  displayName: z.string(),
  severity: z.enum(severities),
  firstActivityDateTime: z.string(),
  /** Whom the link was sent to. */
  recipient: z.string(),
  state: z.enum(['running', ...escalationEnds]),
  /** Who ended it; null while it runs, and when nobody did. */
  endedBy: z.string().nullable(),
  endedDateTime: z.string().nullable(),
});
export type AcknowledgeView = z.infer<typeof acknowledgeView>;

/** The escalation of an incident: the one that runs, else the last. */
export const incidentEscalation = z.strictObject({
  id: z.int(),
  policyName: z.string(),
  ruleName: z.string(),
  state: z.enum(['running', ...escalationEnds]),
  startedDateTime: z.string(),
  /** When the next step is due; null when it ended or no step is left. */
  nextDateTime: z.string().nullable(),
  endedBy: z.string().nullable(),
  endedDateTime: z.string().nullable(),
});
export type IncidentEscalation = z.infer<typeof incidentEscalation>;
export const incidentEscalationAnswer = z.strictObject({ escalation: incidentEscalation.nullable() });

/** A mail about an incident to people that somebody chose. */
export const shareIncidentBody = z.strictObject({
  to: z.array(mailAddress).min(1).max(10),
  note: z.string().trim().max(1000).default(''),
});
