import type { AuditAction, AuditEntry, AuditOutcome } from '@throughline/model';
import type { MarkedState } from '../kit/index.ts';

/** How the log's actions read on screen. A new action without words does not compile. */
export const auditActionWords: Readonly<Record<AuditAction, string>> = {
  'session.signIn': 'Signed in',
  'session.linkSignIn': 'Signed in by link',
  'session.signOut': 'Signed out',
  'password.set': 'Set a password',
  'account.create': 'Added an account',
  'account.change': 'Changed an account',
  'account.link': 'Made a sign-in link',
  'token.create': 'Made an API token',
  'token.revoke': 'Revoked an API token',
  'token.newAddress': 'Token used from a new address',
  'token.intake': 'Sent alerts (sum)',
  'incident.change': 'Changed an incident',
  'incident.comment': 'Commented on an incident',
  'incident.export': 'Exported incidents',
  'alert.change': 'Changed an alert',
  'alert.comment': 'Commented on an alert',
  'comment.edit': 'Edited a comment',
  'deadLetter.read': 'Read a dead letter',
  'deadLetter.replay': 'Replayed a dead letter',
  'demo.load': 'Loaded the demo attack',
  'notification.change': 'Changed notifications',
  'notification.test': 'Tested a notification',
  'settings.change': 'Changed a setting',
  'secrets.rotate': 'Rotated the secrets’ key',
  'audit.read': 'Read the audit log',
  'audit.export': 'Exported the audit log',
  'audit.prune': 'Removed old entries',
};

export const auditOutcomeWords: Readonly<Record<AuditOutcome, string>> = {
  done: 'Done',
  refused: 'Refused',
  failed: 'Failed',
};

/** The mark that stands for an outcome. */
export const outcomeMarks: Readonly<Record<AuditOutcome, MarkedState>> = {
  done: 'ok',
  refused: 'pending',
  failed: 'failed',
};

/** Who it was: a name, what acted for it, or that nobody had proved who they are. */
export function actorWords({ kind, name }: AuditEntry['actor']): string {
  if (kind === 'anonymous') return name === '' ? 'Nobody known' : `${name} (not proven)`;
  return kind === 'token' ? `${name} (token)` : name;
}

/** "incident 12", or nothing. */
export function targetWords(target: AuditEntry['target']): string {
  return target === null ? '' : `${target.kind.replace(/([A-Z])/g, ' $1').toLowerCase()} ${target.id}`;
}
