import { clsx } from 'clsx';

/** ATT&CK Enterprise tactics in kill-chain order, with the words people use. */
export const tacticNames: readonly (readonly [id: string, name: string])[] = [
  ['reconnaissance', 'Reconnaissance'],
  ['resourceDevelopment', 'Resource development'],
  ['initialAccess', 'Initial access'],
  ['execution', 'Execution'],
  ['persistence', 'Persistence'],
  ['privilegeEscalation', 'Privilege escalation'],
  ['defenseEvasion', 'Defense evasion'],
  ['credentialAccess', 'Credential access'],
  ['discovery', 'Discovery'],
  ['lateralMovement', 'Lateral movement'],
  ['collection', 'Collection'],
  ['commandAndControl', 'Command and control'],
  ['exfiltration', 'Exfiltration'],
  ['impact', 'Impact'],
];

export interface TacticStripProps {
  tactics: readonly string[];
  /** `large` writes the seen tactics' names under the strip. */
  size?: 'small' | 'large';
}

/** Fourteen cells in kill-chain order, filled where the tactic was seen. */
export function TacticStrip({ tactics, size = 'small' }: TacticStripProps) {
  const seen = tacticNames.filter(([id]) => tactics.includes(id)).map(([, name]) => name);
  const words = seen.length === 0 ? 'No tactics seen' : `Tactics: ${seen.join(', ')}`;
  const strip = (
    <span role="img" aria-label={words} title={words} className="inline-flex gap-0.5 align-middle">
      {tacticNames.map(([id]) => (
        <span
          key={id}
          className={clsx(
            'rounded-[1px]',
            size === 'small' ? 'h-2.5 w-1.5' : 'h-3 w-4',
            tactics.includes(id) ? 'bg-n11' : 'bg-n5',
          )}
        />
      ))}
    </span>
  );
  if (size === 'small') return strip;
  return (
    <span className="inline-flex flex-col gap-1">
      {strip}
      <span aria-hidden className="text-12 text-n10">
        {seen.length === 0 ? 'No tactics seen' : seen.join(' › ')}
      </span>
    </span>
  );
}
