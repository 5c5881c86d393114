import type { ReactNode, Ref } from 'react';

export interface ScrollRegionProps {
  label: string;
  className?: string;
  maxHeight?: number;
  ref?: Ref<HTMLDivElement>;
  children: ReactNode;
}

/** A box that scrolls within itself: named, and reachable by keyboard so that arrows can scroll it. */
export function ScrollRegion({ label, className, maxHeight, ref, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section would need a heading of its own
    <div
      ref={ref}
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without a tab stop a keyboard cannot scroll it
      tabIndex={0}
      style={maxHeight === undefined ? undefined : { maxHeight }}
      className={className}
    >
      {children}
    </div>
  );
}
