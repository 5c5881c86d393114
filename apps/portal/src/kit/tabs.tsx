import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { useId } from 'react';

export interface Tab {
  id: string;
  label: string;
  count?: number | undefined;
}

export interface TabsProps {
  label: string;
  tabs: readonly Tab[];
  value: string;
  onChange: (id: string) => void;
  /** The panel of the chosen tab. */
  children: ReactNode;
  className?: string;
}

/** Tabs that swap a panel in place; arrows move and choose. For tabs that are pages, use TabLinks. */
export function Tabs({ label, tabs, value, onChange, children, className }: TabsProps) {
  const base = useId();
  const go = (from: HTMLElement, step: number | 'first' | 'last') => {
    const index = tabs.findIndex((tab) => tab.id === value);
    const next = step === 'first' ? 0 : step === 'last' ? tabs.length - 1 : (index + step + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (!tab) return;
    onChange(tab.id);
    (from.parentElement?.children[next] as HTMLElement | undefined)?.focus();
  };
  const keys: Record<string, number | 'first' | 'last'> = { ArrowRight: 1, ArrowLeft: -1, Home: 'first', End: 'last' };
  return (
    <div className={clsx('flex min-h-0 flex-col', className)}>
      <div role="tablist" aria-label={label} className={tabListClass}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${base}-${tab.id}`}
            aria-selected={tab.id === value}
            aria-controls={`${base}-panel`}
            tabIndex={tab.id === value ? 0 : -1}
            onClick={() => onChange(tab.id)}
            onKeyDown={(event) => {
              const step = keys[event.key];
              if (step === undefined) return;
              event.preventDefault();
              go(event.currentTarget, step);
            }}
            className={tabClass(tab.id === value)}
          >
            {tab.label}
            <TabCount count={tab.count} />
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${value}`} className="min-h-0 flex-1">
        {children}
      </div>
    </div>
  );
}

export const tabListClass = 'hairline flex shrink-0 gap-1 overflow-x-auto border-b';

/** The look of one tab; also for links that act as tabs. */
export function tabClass(chosen: boolean): string {
  return clsx(
    '-mb-px flex h-9 shrink-0 items-center gap-1.5 border-b-2 px-2 whitespace-nowrap -outline-offset-2!',
    chosen ? 'border-accent font-medium text-n12' : 'border-transparent text-n10 hover:border-n6 hover:text-n12',
  );
}

export function TabCount({ count }: { count: number | undefined }) {
  return count === undefined ? null : <span className="text-12 font-normal text-n9">{count.toLocaleString('en')}</span>;
}
