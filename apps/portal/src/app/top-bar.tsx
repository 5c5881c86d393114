import { CircleQuestionMark, Menu as MenuIcon, X } from 'lucide-react';
import { IconButton, Link, setZone, useZone } from '../kit/index.ts';
import { AccountMenu } from './account-menu.tsx';
import { LiveDot } from './live-state.tsx';
import { SearchBox } from './search-box.tsx';

interface TopBarProps {
  onHelp: () => void;
  menuOpen: boolean;
  onMenu: () => void;
}

export function TopBar({ onHelp, menuOpen, onMenu }: TopBarProps) {
  const zone = useZone();
  const words = zone === 'utc' ? 'UTC' : zone === 'local' ? 'Local time' : zone.replaceAll('_', ' ');
  return (
    <header className="hairline flex h-12 shrink-0 items-center gap-2 border-b bg-n2 px-2 sm:px-3">
      <IconButton
        label={menuOpen ? 'Close the menu' : 'Open the menu'}
        icon={menuOpen ? X : MenuIcon}
        aria-expanded={menuOpen}
        onClick={onMenu}
        className="sm:hidden"
      />
      <Link
        to="/incidents"
        tone="plain"
        className="flex shrink-0 items-center gap-2 rounded-md px-1 font-semibold no-underline! sm:mr-3"
      >
        <img src="/mark.svg" alt="" width={22} height={22} />
        <span className="max-sm:sr-only">Throughline</span>
      </Link>
      <SearchBox />
      <div className="flex-1" />
      <LiveDot />
      <button
        type="button"
        title={
          zone === 'utc'
            ? 'Times are in UTC; press for local time'
            : `Times are ${zone === 'local' ? 'local' : `in ${words}`}; press for UTC`
        }
        onClick={() => setZone(zone === 'utc' ? 'local' : 'utc')}
        className="h-8 shrink-0 rounded-md px-2 text-12 text-n10 hover:bg-n3 hover:text-n12 max-sm:hidden"
      >
        {words}
      </button>
      <IconButton
        label="Keyboard help"
        shortcut="?"
        icon={CircleQuestionMark}
        onClick={onHelp}
        className="max-sm:hidden"
      />
      <AccountMenu />
    </header>
  );
}
