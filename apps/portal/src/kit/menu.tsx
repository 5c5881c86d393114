import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';
import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useFloatContainer } from './float-container.ts';
import { Key } from './key.tsx';
import { floatClass } from './popover.tsx';

export interface MenuItem {
  label: string;
  icon?: LucideIcon;
  onSelect: () => void;
  danger?: boolean;
  /** Why it cannot be chosen now; shown under the label. */
  disabledReason?: string | undefined;
  shortcut?: string;
  /** For one of a set: whether it is the chosen one. */
  checked?: boolean;
}

/** A heading is a string; a hairline is '-'. */
export type MenuEntry = MenuItem | string;

export interface MenuProps {
  /** One button. */
  trigger: ReactNode;
  entries: readonly MenuEntry[];
  align?: 'start' | 'end';
  /** Only to open it by other means, such as a right click. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

export function Menu({ trigger, entries, align = 'start', ...state }: MenuProps) {
  return (
    <Radix.Root modal={false} {...state}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal {...useFloatContainer()}>
        <Radix.Content align={align} sideOffset={4} collisionPadding={8} className={clsx(floatClass, 'p-1')}>
          {entries.map((entry, index) =>
            typeof entry === 'string' ? (
              entry === '-' ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: hairlines have no identity but their place
                <Radix.Separator key={`line-${index}`} className="hairline -mx-1 my-1 border-t" />
              ) : (
                <Radix.Label key={entry} className="px-2 pt-1.5 pb-1 text-12 text-n9">
                  {entry}
                </Radix.Label>
              )
            ) : (
              <Entry key={entry.label} {...entry} />
            ),
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Entry({ label, icon: Icon, onSelect, danger = false, disabledReason, shortcut, checked }: MenuItem) {
  return (
    <Radix.Item
      onSelect={onSelect}
      disabled={disabledReason !== undefined}
      {...(checked !== undefined && { role: 'menuitemradio', 'aria-checked': checked })}
      className={clsx(
        'flex min-h-7 cursor-pointer items-center gap-2 rounded-sm px-2 py-1 outline-none data-highlighted:bg-n3',
        'data-disabled:cursor-default data-disabled:text-n9',
        danger && 'text-high',
      )}
    >
      {Icon && <Icon aria-hidden size={15} strokeWidth={1.75} className={danger ? '' : 'text-n9'} />}
      <span className="min-w-0 flex-1">
        {label}
        {disabledReason !== undefined && <span className="block text-12">{disabledReason}</span>}
      </span>
      {checked === true && <Check aria-hidden size={14} className="text-accent" />}
      {shortcut !== undefined && <Key>{shortcut}</Key>}
    </Radix.Item>
  );
}
