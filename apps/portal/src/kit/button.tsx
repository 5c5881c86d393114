import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  /** One primary a view; `quiet` has no ground until hovered. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'small' | 'medium';
  icon?: LucideIcon | undefined;
  /** Work is under way: the button keeps its width and takes no further press. */
  busy?: boolean;
  /** Why the button cannot be pressed now. It stays focusable, so that the reason can be read. */
  disabledReason?: string | undefined;
  children: ReactNode;
}

const grounds = {
  primary: 'bg-accent-fill text-on-accent hover:bg-accent-fill-hover',
  secondary: 'border border-n6 bg-raised text-n12 hover:bg-n3 hover:border-n7',
  quiet: 'text-n11 hover:bg-n3 hover:text-n12',
  danger: 'bg-danger-fill text-on-accent hover:brightness-95',
};

export function buttonClass(variant: keyof typeof grounds, size: 'small' | 'medium'): string {
  return clsx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap select-none',
    size === 'small' ? 'h-6 px-2 text-12' : 'h-8 px-3 text-13',
    grounds[variant],
  );
}

export function Button({
  variant = 'secondary',
  size = 'medium',
  icon: Icon,
  busy = false,
  disabledReason,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const blocked = busy || disabledReason !== undefined;
  return (
    <button
      {...rest}
      type={blocked ? 'button' : type}
      aria-disabled={blocked || undefined}
      aria-busy={busy || undefined}
      aria-describedby={disabledReason === undefined ? rest['aria-describedby'] : reasonId}
      title={disabledReason ?? rest.title}
      onClick={blocked ? undefined : onClick}
      className={clsx(
        buttonClass(variant, size),
        disabledReason !== undefined && 'cursor-not-allowed! border-transparent bg-n3! text-n9! hover:bg-n3!',
        className,
      )}
    >
      {busy ? (
        <span
          aria-hidden
          className="size-3.5 motion-safe:animate-spin rounded-full border-2 border-current border-r-transparent"
        />
      ) : (
        Icon && <Icon aria-hidden size={size === 'small' ? 14 : 15} strokeWidth={1.75} />
      )}
      {children}
      {disabledReason !== undefined && (
        <span id={reasonId} className="sr-only">
          {disabledReason}
        </span>
      )}
    </button>
  );
}
