import type { Evidence } from '@throughline/model';
import { CodeBlock, KeyValueList, Tag, VerdictMark } from '../kit/index.ts';
import { factsOfEvidence, verdictOf } from './evidence-words.ts';

/** One piece of evidence: its kind, verdict, roles and every fact the source gave. */
export function EvidenceFacts({ evidence }: { evidence: Evidence }) {
  const { kind, commandLine, facts } = factsOfEvidence(evidence);
  return (
    <div className="hairline flex flex-col gap-1.5 border-l-2 pl-3">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{kind}</span>
        {verdictOf(evidence) !== 'unknown' && <VerdictMark verdict={verdictOf(evidence)} />}
        {evidence.roles?.map((role) => (
          <Tag key={role}>{role}</Tag>
        ))}
      </p>
      {commandLine !== null && <CodeBlock label="Command line" code={commandLine} wrap maxLines={6} />}
      <KeyValueList items={facts} />
    </div>
  );
}
