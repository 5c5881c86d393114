const kinds: readonly [RegExp, string][] = [
  [/^(Device|Remote|Target|Destination)?DeviceName$|^DeviceName$|^Computer$/, 'device'],
  [/(AccountUpn|UserPrincipalName|AccountName|UserId)$/i, 'user'],
  [/(SHA1|SHA256|MD5)$/, 'file'],
  [/(IPAddress|LocalIP|RemoteIP|PublicIP|FileOriginIP|^IP|SenderIPv[46])$/, 'address'],
  [/(Url|UrlDomain|RemoteUrl)$/, 'address'],
  [/(RecipientEmailAddress|SenderFromAddress|SenderMailFromAddress)$/, 'mailbox'],
];

/** What a value of a column names, if it is something that incidents are about; `text` is what the queue searches for. */
export function incidentsAbout(column: string, value: unknown): { what: string; text: string } | undefined {
  if (typeof value !== 'string' || value === '' || value.length > 300) return undefined;
  const kind = kinds.find(([pattern]) => pattern.test(column));
  return kind && { what: kind[1], text: value };
}
