import type { AuditEntry } from '@throughline/model';
import { CodeBlock, CopyButton, KeyValueList, SidePanel, StateMark, Time } from '../kit/index.ts';
import { actorWords, auditActionWords, auditOutcomeWords, outcomeMarks, targetWords } from './audit-words.ts';

/** One entry of the log, with everything it holds. */
export function EntryPanel({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const { seq, at, action, actor, target, outcome, address, requestId, details, hash } = entry;
  return (
    <SidePanel label={`Entry ${seq}`} title={`Entry ${seq}`} onClose={onClose}>
      <div className="flex flex-col gap-4 p-4">
        <KeyValueList
          items={[
            { key: 'When', value: <Time value={at} form="exact" copyable /> },
            { key: 'Who', value: actorWords(actor) },
            ...(actor.id === null
              ? []
              : [{ key: actor.kind === 'token' ? 'Token' : 'Account', value: `number ${actor.id}` }]),
            { key: 'Action', value: auditActionWords[action] },
            { key: 'Target', value: targetWords(target) || 'None' },
            { key: 'Outcome', value: <StateMark state={outcomeMarks[outcome]} label={auditOutcomeWords[outcome]} /> },
            { key: 'Address', value: address ?? 'None' },
            { key: 'Request', value: requestId ?? 'None' },
            {
              key: 'Hash',
              value: (
                <span className="inline-flex items-center gap-1">
                  <code className="text-12">{hash.slice(0, 16)}…</code>
                  <CopyButton text={hash} label="Copy the hash" />
                </span>
              ),
            },
          ]}
        />
        {Object.keys(details).length > 0 && (
          <CodeBlock label="Details" code={JSON.stringify(details, null, 2)} wrap maxLines={28} />
        )}
      </div>
    </SidePanel>
  );
}
