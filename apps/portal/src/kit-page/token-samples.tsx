import { clsx } from 'clsx';
import { Sample, Samples } from './sample.tsx';

const neutrals = [
  'bg-n1',
  'bg-n2',
  'bg-n3',
  'bg-n4',
  'bg-n5',
  'bg-n6',
  'bg-n7',
  'bg-n8',
  'bg-n9',
  'bg-n10',
  'bg-n11',
  'bg-n12',
];
const meanings = [
  ['accent', 'bg-accent-fill', 'bg-accent-soft text-accent'],
  ['high, malicious, failed', 'bg-high-fill', 'bg-high-soft text-high'],
  ['medium, suspicious', 'bg-medium-fill', 'bg-medium-soft text-medium'],
  ['low', 'bg-low-fill', 'bg-low-soft text-low'],
  ['informational, unknown', 'bg-info-fill', 'bg-info-soft text-info'],
  ['ok, clean', 'bg-ok-fill', 'bg-ok-soft text-ok'],
  ['pending', 'bg-pending-fill', 'bg-pending-soft text-pending'],
] as const;

export function TokenSamples() {
  return (
    <Samples title="Colour and type">
      <Sample name="Neutrals">
        <div className="flex w-full overflow-hidden rounded-md">
          {neutrals.map((ground) => (
            <span key={ground} className={clsx('h-8 flex-1', ground)} />
          ))}
        </div>
      </Sample>
      <Sample name="Meanings">
        {meanings.map(([name, fill, soft]) => (
          <span key={name} className={clsx('inline-flex items-center gap-2 rounded-md px-2 py-0.5', soft)}>
            <span className={clsx('size-3 rounded-full', fill)} />
            {name}
          </span>
        ))}
      </Sample>
      <Sample name="Type">
        <span className="text-20 font-semibold">Heading 20</span>
        <span className="text-16 font-semibold">Heading 16</span>
        <span>Body 13</span>
        <span className="text-12 text-n9">Secondary 12</span>
        <code>monospace 12</code>
        <span>0123456789</span>
      </Sample>
    </Samples>
  );
}
