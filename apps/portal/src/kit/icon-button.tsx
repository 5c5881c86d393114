import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  /** The accessible name, also shown as the tooltip. */
  label: string;
  icon: LucideIcon;
  size?: 'small' | 'medium';
  /** For a toggle: whether it is on. */
  pressed?: boolean | undefined;
  /** The key that does the same, shown in the tooltip. */
  shortcut?: string;
}

export function IconButton({
  label,
  icon: Icon,
  size = 'medium',
  pressed,
  shortcut,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        className={clsx(
          'inline-flex shrink-0 items-center justify-center rounded-md text-n10 hover:bg-n3 hover:text-n12 disabled:text-n8 disabled:hover:bg-transparent',
          size === 'small' ? 'size-6' : 'size-8',
          pressed === true && 'bg-accent-soft text-accent',
          className,
        )}
      >
        <Icon aria-hidden size={size === 'small' ? 14 : 16} strokeWidth={1.75} />
      </button>
    </Tooltip>
  );
}
