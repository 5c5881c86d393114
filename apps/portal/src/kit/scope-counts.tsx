export interface ScopeCountsProps {
  devices: number;
  users: number;
  mailboxes: number;
  /** Other assets (apps, cloud resources); shown only when there are some. */
  other?: number;
}

/** "3 dev  2 usr  1 mbx": how far it reaches. Zeros are left out. */
export function ScopeCounts({ devices, users, mailboxes, other = 0 }: ScopeCountsProps) {
  const parts: [number, string, string][] = [
    [devices, 'dev', devices === 1 ? 'device' : 'devices'],
    [users, 'usr', users === 1 ? 'user' : 'users'],
    [mailboxes, 'mbx', mailboxes === 1 ? 'mailbox' : 'mailboxes'],
    [other, 'oth', other === 1 ? 'other asset' : 'other assets'],
  ];
  const shown = parts.filter(([count]) => count > 0);
  const words = shown.map(([count, , word]) => `${count} ${word}`).join(', ') || 'No impacted assets';
  return (
    <span title={words} className="inline-flex gap-2 whitespace-nowrap">
      <span className="sr-only">{words}</span>
      {shown.length === 0 && (
        <span aria-hidden className="text-n9">
          –
        </span>
      )}
      {shown.map(([count, unit]) => (
        <span key={unit} aria-hidden>
          {count.toLocaleString('en')} <span className="text-12 text-n9">{unit}</span>
        </span>
      ))}
    </span>
  );
}
