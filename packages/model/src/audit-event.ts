/** What the audit log tells: a closed list, noun first. */
export const auditActions = [
  'session.signIn',
  'session.linkSignIn',
  'session.secondFactor',
  'session.passkeySignIn',
  'session.confirm',
  'session.signOut',
  'session.sso',
  'session.breakGlass',
  'account.sso',
  'identity.link',
  'identity.unlink',
  'signIn.change',
  'signIn.check',
  'session.revoke',
  'password.set',
  'passkey.change',
  'passkey.cloned',
  'authenticator.change',
  'recoveryCodes.renew',
  'recoveryCodes.use',
  'secondFactor.reset',
  'account.create',
  'account.change',
  'account.link',
  'account.delete',
  'invitation.create',
  'invitation.resend',
  'invitation.revoke',
  'invitation.open',
  'invitation.accept',
  'token.create',
  'token.replace',
  'token.revoke',
  'token.newAddress',
  'token.intake',
  'incident.change',
  'incident.merge',
  'incident.undoRearrangement',
  'alert.move',
  'incident.comment',
  'incident.export',
  'incident.acknowledge',
  'incident.share',
  'alert.change',
  'comment.edit',
  'deadLetter.read',
  'deadLetter.replay',
  'hunt.run',
  'huntQuery.change',
  'detection.change',
  'demo.load',
  'notification.change',
  'notification.test',
  'tuning.change',
  'tuning.preview',
  'tuning.release',
  'settings.change',
  'deviceGroup.change',
  'userGroup.change',
  'role.change',
  'role.assign',
  'secrets.rotate',
  'audit.read',
  'audit.export',
  'audit.prune',
  'data.delete',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Who did it. `anonymous`: nobody had proved who they are, as in a failed sign-in. */
export const auditActorKinds = ['person', 'token', 'system', 'anonymous'] as const;
export type AuditActorKind = (typeof auditActorKinds)[number];

/** `refused`: not allowed or not valid, nothing changed. `failed`: the server could not. */
export const auditOutcomes = ['done', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** Who: a person or the person a token acts for; `id` is the account's or the token's. */
export type AuditActor = { kind: AuditActorKind; name: string; id: string | null };

/** What it was done to: `{ kind: 'incident', id: '12' }`. */
export type AuditTarget = { kind: string; id: string };

/** What is to be appended to the audit log. */
export type AuditEvent = {
  action: AuditAction;
  at: Date;
  actor: AuditActor;
  target: AuditTarget | null;
  outcome: AuditOutcome;
  /** Network address the request came from. */
  address: string | null;
  requestId: string | null;
  /** What else there is to know; for changes `before` and `after` with the changed fields only. Never a secret. */
  details: Readonly<Record<string, unknown>>;
};

/** What makes a chain of entries broken (closed list). */
export const auditFaultKinds = ['changed', 'missing', 'truncated', 'beginning', 'checkpoint', 'head', 'seal'] as const;
export type AuditFaultKind = (typeof auditFaultKinds)[number];
