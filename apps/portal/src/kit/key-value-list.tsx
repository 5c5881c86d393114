import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export interface KeyValueListProps {
  items: readonly { key: string; value: ReactNode }[];
  /** Width of the key column; `wide` for long names. */
  keys?: 'medium' | 'wide';
}

export function KeyValueList({ items, keys = 'medium' }: KeyValueListProps) {
  return (
    <dl className={clsx('grid gap-x-3 gap-y-1', keys === 'medium' ? 'grid-cols-[104px_1fr]' : 'grid-cols-[160px_1fr]')}>
      {items.map(({ key, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two facts may go by one name
        <div key={`${index} ${key}`} className="contents">
          <dt className="text-n9">{key}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
