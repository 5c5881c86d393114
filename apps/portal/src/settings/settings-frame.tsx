import { useNavigate } from '@tanstack/react-router';
import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Link, Select } from '../kit/index.ts';
import { type SettingsPage, settingsGroups } from './settings-pages.ts';
import { useSettingsPages } from './use-settings-pages.ts';

/** What stands around a page of settings: the other pages, at the left where there is room and above where not. */
export function SettingsFrame({ current, children }: { current: SettingsPage; children: ReactNode }) {
  const pages = useSettingsPages();
  return (
    <div className="flex h-full min-h-0 flex-col lg:flex-row">
      <nav
        aria-label="Settings"
        className="hairline hidden w-52 shrink-0 flex-col overflow-y-auto border-r px-2 py-4 lg:flex"
      >
        <Link to="/settings" tone="plain" className="px-2 pb-2 text-16 font-semibold">
          Settings
        </Link>
        {settingsGroups.map((group) => (
          <PageGroup key={group} group={group} pages={pages.filter((page) => page.group === group)} current={current} />
        ))}
      </nav>
      <PageMenu pages={pages} current={current} />
      <div className="min-h-0 min-w-0 flex-1">{children}</div>
    </div>
  );
}

interface PageGroupProps {
  group: string;
  pages: readonly SettingsPage[];
  current: SettingsPage;
}

function PageGroup({ group, pages, current }: PageGroupProps) {
  if (pages.length === 0) return null;
  const alone = pages.length === 1 && pages[0]?.title === group;
  return (
    <div className="pb-2">
      {!alone && <h2 className="px-2 pt-1 pb-0.5 text-12 text-n9">{group}</h2>}
      <ul>
        {pages.map(({ path, title }) => (
          <li key={path}>
            <Link
              to={path}
              tone="plain"
              aria-current={path === current.path ? 'page' : undefined}
              className={clsx(
                'flex h-8 items-center rounded-md px-2 no-underline! hover:bg-n3 hover:text-n12',
                path === current.path ? 'bg-n4 font-medium text-n12' : 'text-n11',
              )}
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

function PageMenu({ pages, current }: { pages: readonly SettingsPage[]; current: SettingsPage }) {
  const navigate = useNavigate();
  return (
    <div className="hairline flex items-center gap-2 border-b px-4 py-2 lg:hidden">
      <Link to="/settings" tone="plain" className="font-medium">
        Settings
      </Link>
      <span aria-hidden className="text-n9">
        /
      </span>
      <Select
        aria-label="Page of settings"
        options={pages.map(({ path, title }) => ({ value: path, label: title }))}
        value={current.path}
        onChange={(path) => void navigate({ to: path })}
        className="min-w-0 flex-1 sm:max-w-64"
      />
    </div>
  );
}
