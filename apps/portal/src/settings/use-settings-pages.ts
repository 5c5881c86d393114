import { useRouter } from '@tanstack/react-router';
import { useMe } from '../api/session.ts';
import { openablePages, type SettingsPage } from './settings-pages.ts';

/** The pages of settings that the signed-in person may open; none until known. */
export function useSettingsPages(): readonly SettingsPage[] {
  const router = useRouter();
  const permissions = useMe()?.permissions ?? [];
  return openablePages(permissions, (path) => path in router.routesByPath);
}
