import { Tooltip as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { useFloatContainer } from './float-container.ts';
import { Key } from './key.tsx';

export interface TooltipProps {
  text: ReactNode;
  shortcut?: string;
  /** One focusable element. Its own name must already say what it does: a tooltip is never the only carrier. */
  children: ReactNode;
}

export function Tooltip({ text, shortcut, children }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal {...useFloatContainer()}>
        <Radix.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-80 items-center gap-2 rounded-md bg-n12 px-2 py-1 text-12 text-n1 shadow-lift"
        >
          {text}
          {shortcut !== undefined && <Key inverse>{shortcut}</Key>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Wraps the application once: tooltips open after 400 ms, the next ones at once. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}
