import type { ReactNode } from 'react';

export interface EmptyStateProps {
  title: string;
  /** Why it is empty. */
  children?: ReactNode;
  /** One way out. */
  action?: ReactNode;
}

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-110 flex-col items-center gap-2 px-4 py-12 text-center">
      <h2 className="text-16 font-semibold">{title}</h2>
      {children !== undefined && <p className="text-n10">{children}</p>}
      {action !== undefined && <div className="pt-2">{action}</div>}
    </div>
  );
}

/** What a person sees where a permission is missing: which one, and who can give it. */
export function NoPermission({ permission }: { permission: string }) {
  return (
    <EmptyState title="You cannot see this page">
      It needs the permission <code>{permission}</code>. An administrator can add it to your role.
    </EmptyState>
  );
}
