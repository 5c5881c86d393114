import type { LinkProps } from '@tanstack/react-router';
import { Link } from '@tanstack/react-router';
import { TabCount, tabClass, tabListClass } from './tabs.tsx';

export interface TabLink {
  id: string;
  label: string;
  count?: number | undefined;
  /** Where it leads: `to`, `params`, `search`. */
  link: LinkProps;
}

export interface TabLinksProps {
  label: string;
  tabs: readonly TabLink[];
  value: string;
}

/** Tabs that are pages: a navigation of links, each with its own address. */
export function TabLinks({ label, tabs, value }: TabLinksProps) {
  return (
    <nav aria-label={label} className={tabListClass}>
      {tabs.map((tab) => (
        <Link
          key={tab.id}
          {...tab.link}
          aria-current={tab.id === value ? 'page' : undefined}
          className={tabClass(tab.id === value)}
        >
          {tab.label}
          <TabCount count={tab.count} />
        </Link>
      ))}
    </nav>
  );
}
