import type { ReactNode } from 'react';

/** A heading and the samples under it. */
export function Samples({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="hairline border-t pt-3 pb-6">
      <h2 className="pb-3 text-16 font-semibold">{title}</h2>
      <div className="flex flex-col gap-4">{children}</div>
    </section>
  );
}

/** One component in its states, with its name. */
export function Sample({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 gap-y-1 sm:grid-cols-[120px_1fr]">
      <div className="text-12 text-n9">{name}</div>
      <div className="flex min-w-0 flex-wrap items-center gap-3">{children}</div>
    </div>
  );
}
