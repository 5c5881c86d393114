import type { ReactNode } from 'react';

export interface PageHeaderProps {
  title: string;
  /** One line under the title. */
  lead?: ReactNode;
  /** Buttons at the end. */
  actions?: ReactNode;
}

/** The head of an ordinary page: h1, one line, actions. */
export function PageHeader({ title, lead, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start gap-x-6 gap-y-2 px-4 pt-4 pb-3">
      <div className="min-w-[min(100%,15rem)] flex-1">
        <h1 className="text-20 font-semibold">{title}</h1>
        {lead !== undefined && <p className="max-w-160 text-n10">{lead}</p>}
      </div>
      {actions !== undefined && <div className="flex gap-2">{actions}</div>}
    </header>
  );
}
