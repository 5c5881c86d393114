import type { ReactNode } from 'react';

export interface SectionProps {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}

/** One part of the account page: a heading, a line about it, its buttons, its content. */
export function Section({ title, lead, actions, children }: SectionProps) {
  return (
    <section className="hairline flex flex-col gap-3 border-t px-4 py-4">
      <div className="flex max-w-200 flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-16 font-medium">{title}</h2>
          {lead !== undefined && <p className="max-w-160 text-n10">{lead}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
