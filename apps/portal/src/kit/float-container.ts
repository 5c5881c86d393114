import { createContext, useContext } from 'react';

/** A modal dialog stands in the browser's top layer: what floats within it must be drawn inside it, or it lies beneath. */
export const FloatContainer = createContext<HTMLElement | null>(null);

/** The props of a portal that draws inside the dialog around, if there is one. */
export function useFloatContainer(): { container?: HTMLElement } {
  const container = useContext(FloatContainer);
  return container ? { container } : {};
}
