import { useQuery } from '@tanstack/react-query';
import { Banner } from '../kit/index.ts';
import { emittersQuery } from './notifications-api.ts';
import { kindWords } from './rule-words.ts';

/** Says so while nothing on this server has told of such events; the rule is ready for them. */
export function NothingEmits({ kind }: { kind: 'action' | 'report' }) {
  const emitters = useQuery(emittersQuery);
  if (emitters.data === undefined || emitters.data.includes(kind)) return null;
  return (
    <Banner>
      Nothing on this server has told of {kindWords[kind]} yet. The rule can be made now; it speaks from the first one
      on.
    </Banner>
  );
}
