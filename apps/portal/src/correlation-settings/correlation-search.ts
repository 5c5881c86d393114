export const correlationTabs = ['numbers', 'hubs', 'exceptions', 'history'] as const;
export type CorrelationTab = (typeof correlationTabs)[number];

/** What the address of the correlation settings says: the tab, when it is not the first. */
export interface CorrelationSearch {
  tab?: Exclude<CorrelationTab, 'numbers'>;
}

/** Reads the address; what is not known is left out. */
export function readCorrelationSearch({ tab }: Record<string, unknown>): CorrelationSearch {
  const known = correlationTabs.find((each) => each === tab);
  return known === undefined || known === 'numbers' ? {} : { tab: known };
}
