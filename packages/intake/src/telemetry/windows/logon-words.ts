/** Defender's words for Windows logon types. */
const types: Readonly<Record<number, string>> = {
  0: 'System',
  2: 'Interactive',
  3: 'Network',
  4: 'Batch',
  5: 'Service',
  7: 'Unlock',
  8: 'NetworkCleartext',
  9: 'NewCredentials',
  10: 'RemoteInteractive',
  11: 'CachedInteractive',
  12: 'CachedRemoteInteractive',
  13: 'CachedUnlock',
};

/** The word for a logon type, or `undefined`. */
export function logonTypeName(type: number | null): string | undefined {
  return type === null ? undefined : types[type];
}

/** What NTSTATUS codes of a refused logon mean (Windows' ntstatus.h). */
const reasons: Readonly<Record<string, string>> = {
  '0xc0000064': 'InvalidUserNameOrPassword',
  '0xc000006a': 'InvalidUserNameOrPassword',
  '0xc000006d': 'InvalidUserNameOrPassword',
  '0xc000006e': 'AccountRestriction',
  '0xc000006f': 'InvalidLogonHours',
  '0xc0000070': 'InvalidWorkstation',
  '0xc0000071': 'PasswordExpired',
  '0xc0000072': 'AccountDisabled',
  '0xc000015b': 'LogonTypeNotGranted',
  '0xc0000193': 'AccountExpired',
  '0xc0000224': 'PasswordMustChange',
  '0xc0000234': 'AccountLockedOut',
};

/** Why a logon failed, from its sub-status or status; a code without a word stays a code. */
export function failureReason(subStatus: string | undefined, status: string | undefined): string | undefined {
  const code = subStatus === undefined || /^0x0*$/.test(subStatus) ? status : subStatus;
  return code === undefined ? undefined : (reasons[code.toLowerCase()] ?? code);
}
