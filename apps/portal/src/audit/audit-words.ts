import type { AuditAction, AuditEntry, AuditOutcome } from '@throughline/model';
import type { MarkedState } from '../kit/index.ts';

/** How the log's actions read on screen, beside an outcome that may be "refused". A new action without words does not compile. */
export const auditActionWords: Readonly<Record<AuditAction, string>> = {
  'session.signIn': 'Sign in',
  'session.linkSignIn': 'Sign in by link',
  'session.secondFactor': 'Show a second factor',
  'session.passkeySignIn': 'Sign in with a passkey',
  'session.confirm': 'Confirm who it is',
  'session.signOut': 'Sign out',
  'session.sso': 'Sign in through a provider',
  'session.breakGlass': 'Sign in with a break-glass account',
  'account.sso': 'Bring an account in line with its provider',
  'identity.link': 'Link an account to a provider',
  'identity.unlink': 'Unlink an account from a provider',
  'signIn.change': 'Change how people sign in',
  'signIn.check': 'Check a sign-in provider',
  'session.revoke': 'End sessions',
  'password.set': 'Set a password',
  'passkey.change': 'Change passkeys',
  'passkey.cloned': 'Show a passkey that may be a copy',
  'authenticator.change': 'Change the authenticator app',
  'recoveryCodes.renew': 'Make recovery codes',
  'recoveryCodes.use': 'Use a recovery code',
  'secondFactor.reset': 'Reset second factors',
  'account.create': 'Add an account',
  'account.change': 'Change an account',
  'account.link': 'Make a sign-in link',
  'account.delete': 'Delete a service account',
  'invitation.create': 'Invite a person',
  'invitation.resend': 'Send an invitation again',
  'invitation.revoke': 'Withdraw an invitation',
  'invitation.open': 'Open an invitation',
  'invitation.accept': 'Accept an invitation',
  'token.create': 'Make an API token',
  'token.replace': 'Replace an API token',
  'token.revoke': 'Revoke an API token',
  'token.newAddress': 'Use a token from a new address',
  'token.intake': 'Send alerts (sum)',
  'incident.change': 'Change an incident',
  'incident.merge': 'Merge incidents',
  'incident.undoRearrangement': 'Undo a merge or move',
  'alert.move': 'Move alerts',
  'incident.comment': 'Comment on an incident',
  'incident.export': 'Export incidents',
  'incident.acknowledge': 'Acknowledge an incident',
  'incident.share': 'Send an incident by mail',
  'alert.change': 'Change an alert',
  'comment.edit': 'Edit a comment',
  'deadLetter.read': 'Read a dead letter',
  'deadLetter.replay': 'Replay a dead letter',
  'hunt.run': 'Run a hunt',
  'huntQuery.change': 'Keep or change a query',
  'detection.change': 'Change a detection rule',
  'demo.load': 'Load the demo attack',
  'notification.change': 'Change notifications',
  'notification.test': 'Test a notification',
  'tuning.change': 'Changed alert tuning',
  'tuning.preview': 'Previewed alert tuning',
  'tuning.release': 'Released hidden alerts',
  'settings.change': 'Change a setting',
  'deviceGroup.change': 'Change a device group',
  'userGroup.change': 'Change a user group',
  'role.change': 'Change a role',
  'role.assign': 'Assign a role',
  'secrets.rotate': 'Rotate the secrets’ key',
  'audit.read': 'Read the audit log',
  'audit.export': 'Export the audit log',
  'audit.prune': 'Remove old entries',
  'data.delete': 'Data deleted for good',
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
