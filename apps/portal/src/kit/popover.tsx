import { clsx } from 'clsx';
import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useFloatContainer } from './float-container.ts';

export interface PopoverProps {
  /** One button. */
  trigger: ReactNode;
  label: string;
  children: ReactNode | ((close: () => void) => ReactNode);
  align?: 'start' | 'center' | 'end';
  open: boolean;
  onOpenChange: (open: boolean) => void;
  className?: string;
}

/** Floats beside its trigger, takes no hostage: the page behind stays usable. Escape closes and returns the focus. */
export function Popover({ trigger, label, children, align = 'start', open, onOpenChange, className }: PopoverProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal {...useFloatContainer()}>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={clsx(floatClass, 'p-3', className)}
        >
          {typeof children === 'function' ? children(() => onOpenChange(false)) : children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The one elevation: everything that floats. */
export const floatClass = 'z-40 min-w-44 rounded-md border border-n6 bg-raised text-n12 shadow-lift outline-none';
