import { useNavigate } from '@tanstack/react-router';
import { CircleUser, Clock, KeyRound, LogOut, Moon, Sun, SunMoon } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { signOut, useMe } from '../api/session.ts';
import { Menu, setZone, useToast, useZone } from '../kit/index.ts';
import { setTheme, useTheme } from './theme.ts';

const PasswordDialog = lazy(async () => ({ default: (await import('./password-dialog.tsx')).PasswordDialog }));

/** Who is signed in; theme, time zone, the own account, password, sign out. */
export function AccountMenu() {
  const me = useMe();
  const navigate = useNavigate();
  const theme = useTheme();
  const zone = useZone();
  const toast = useToast();
  const [password, setPassword] = useState(false);
  const leave = async () => {
    try {
      await signOut();
      // A fresh page, so that nothing of this person stays in memory.
      window.location.assign('/sign-in');
    } catch (error) {
      toast({ tone: 'failed', message: `Not signed out: ${(error as Error).message}` });
    }
  };
  const name = me?.displayName ?? '';
  return (
    <>
      <Menu
        align="end"
        trigger={
          <button
            type="button"
            title={name}
            className="flex size-8 shrink-0 items-center justify-center rounded-full border border-n7 bg-n3 text-12 font-semibold text-n11 hover:bg-n4"
          >
            <span aria-hidden>{initials(name)}</span>
            <span className="sr-only">Account: {name}</span>
          </button>
        }
        entries={[
          `${name} · ${me?.role ?? ''}`,
          '-',
          'Theme',
          { label: 'As the system', icon: SunMoon, checked: theme === 'system', onSelect: () => setTheme('system') },
          { label: 'Light', icon: Sun, checked: theme === 'light', onSelect: () => setTheme('light') },
          { label: 'Dark', icon: Moon, checked: theme === 'dark', onSelect: () => setTheme('dark') },
          '-',
          {
            label: zone === 'utc' ? 'Show local time' : 'Show UTC',
            icon: Clock,
            onSelect: () => setZone(zone === 'utc' ? 'local' : 'utc'),
          },
          { label: 'Your account', icon: CircleUser, onSelect: () => void navigate({ to: '/account' }) },
          {
            label: me?.hasPassword === false ? 'Set a password' : 'Change the password',
            icon: KeyRound,
            onSelect: () => setPassword(true),
          },
          { label: 'Sign out', icon: LogOut, onSelect: () => void leave() },
        ]}
      />
      {password && (
        <Suspense>
          <PasswordDialog open onClose={() => setPassword(false)} />
        </Suspense>
      )}
    </>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s._@-]+/).filter(Boolean);
  return ((words[0]?.[0] ?? '?') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase();
}
