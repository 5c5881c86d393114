export * from './accept-invitation.ts';
export * from './access-error.ts';
export * from './accounts.ts';
export {
  createApiToken,
  findApiToken,
  listApiTokens,
  revokeApiToken,
  type TokenOwner,
  tokenPrefix,
} from './api-tokens.ts';
export * from './first-run.ts';
export {
  createInvitation,
  type InvitationFields,
  type Inviter,
  invitationGives,
  listInvitations,
  resendInvitation,
  revokeInvitation,
} from './invitations.ts';
export * from './list-people.ts';
export * from './one-time-links.ts';
export * from './password.ts';
export * from './service-accounts.ts';
export * from './sessions.ts';
export * from './sign-in.ts';
export * from './sign-in-throttle.ts';
export * from './tenant-tokens.ts';
