import { type RefObject, useLayoutEffect, useState } from 'react';

export interface RowWindow {
  /** First and one past the last row to draw. */
  start: number;
  end: number;
}

/** The rows within a view of `height` px scrolled by `top` px, and `overscan` more on either side. */
export function rowsInView(top: number, height: number, rowHeight: number, count: number, overscan: number): RowWindow {
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + overscan);
  return { start: Math.min(first, Math.max(0, count - 1)), end };
}

/** How far to scroll so that row `index` is wholly visible below a sticky head of `head` px; `top` when it is already. */
export function scrollTopFor(index: number, top: number, height: number, rowHeight: number, head: number): number {
  const rowTop = index * rowHeight;
  if (rowTop < top) return rowTop;
  return Math.max(top, rowTop + rowHeight + head - height);
}

/** Follows the scroll position and size of `scroller`; draws anew only when the window of rows changes. */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
  count: number,
  overscan: number,
): RowWindow & { width: number } {
  const [view, setView] = useState({ top: 0, height: 800, width: 0 });
  useLayoutEffect(() => {
    const node = scroller.current;
    if (!node) return;
    // Whole rows only: scrolling within a row changes nothing that is drawn.
    const read = () =>
      setView((now) => {
        const top = Math.floor(node.scrollTop / rowHeight) * rowHeight;
        const same = now.top === top && now.height === node.clientHeight && now.width === node.clientWidth;
        return same ? now : { top, height: node.clientHeight, width: node.clientWidth };
      });
    read();
    node.addEventListener('scroll', read, { passive: true });
    const observer = new ResizeObserver(read);
    observer.observe(node);
    return () => {
      node.removeEventListener('scroll', read);
      observer.disconnect();
    };
  }, [scroller, rowHeight]);
  return { ...rowsInView(view.top, view.height + rowHeight, rowHeight, count, overscan), width: view.width };
}
