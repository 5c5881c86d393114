import { clsx } from 'clsx';
import { Plus, X } from 'lucide-react';
import { IconButton } from '../kit/index.ts';
import type { QueryTabs } from './query-tabs.ts';

interface TabBarProps {
  tabs: QueryTabs;
  onChoose: (id: number) => void;
  onAdd: () => void;
  onClose: (id: number) => void;
}

/** The queries being worked on. */
export function TabBar({ tabs, onChoose, onAdd, onClose }: TabBarProps) {
  return (
    <nav aria-label="Open queries" className="hairline flex shrink-0 items-center gap-1 overflow-x-auto border-b px-2">
      {tabs.tabs.map(({ id, name }) => (
        <span
          key={id}
          className={clsx(
            '-mb-px flex h-9 shrink-0 items-center border-b-2',
            id === tabs.active ? 'border-accent font-medium' : 'border-transparent text-n10',
          )}
        >
          <button
            type="button"
            aria-current={id === tabs.active ? 'true' : undefined}
            onClick={() => onChoose(id)}
            className="max-w-44 truncate px-2 hover:text-n12"
          >
            {name}
          </button>
          {tabs.tabs.length > 1 && (
            <IconButton size="small" label={`Close ${name}`} icon={X} onClick={() => onClose(id)} />
          )}
        </span>
      ))}
      <IconButton size="small" label="New query" icon={Plus} onClick={onAdd} />
    </nav>
  );
}
