import { useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { settingsPageAt } from '../settings/settings-pages.ts';

const names: Readonly<Record<string, string>> = {
  '/incidents': 'Incidents',
  '/hunting': 'Hunting',
  '/detections': 'Detections',
  '/ledger': 'Ledger',
  '/settings': 'Settings',
  '/tokens': 'API tokens',
  '/account': 'Your account',
  '/set-up': 'Set up a second factor',
  '/sign-in': 'Sign in',
  '/invitation': 'Invitation',
  '/kit': 'The kit',
};

/** What the browser's tab says: an incident by its id, a page by its name. */
export function titleOf(pathname: string): string {
  const incident = /^\/incidents\/(\d+)/.exec(pathname)?.[1];
  const name = incident === undefined ? (names[pathname] ?? settingsPageAt(pathname)?.title) : `Incident ${incident}`;
  return name === undefined ? 'Throughline' : `${name} · Throughline`;
}

/** Keeps the title of the tab in step with the page. */
export function usePageTitle(): void {
  const title = useRouterState({ select: (state) => titleOf(state.location.pathname) });
  useEffect(() => {
    document.title = title;
  }, [title]);
}
