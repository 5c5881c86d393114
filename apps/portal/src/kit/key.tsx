import { clsx } from 'clsx';

/** A key cap, as in the help sheet and in tooltips. */
export function Key({ children, inverse = false }: { children: string; inverse?: boolean }) {
  return (
    <kbd
      className={clsx(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border px-1 text-12',
        inverse ? 'border-n8 text-current' : 'border-n6 bg-n2 text-n11',
      )}
    >
      {children}
    </kbd>
  );
}
