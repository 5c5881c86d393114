import { Link as RouterLink, useRouterState } from '@tanstack/react-router';
import { clsx } from 'clsx';
import {
  BookOpen,
  Crosshair,
  KeyRound,
  PanelLeftClose,
  PanelLeftOpen,
  Radar,
  Scale,
  Settings,
  Siren,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { useMay } from '../api/session.ts';
import { settingsPageAt } from '../settings/settings-pages.ts';
import { useSettingsPages } from '../settings/use-settings-pages.ts';

const itemClass = 'flex h-8 items-center gap-3 rounded-md px-2 text-n11 hover:bg-n3 hover:text-n12';

interface RailProps {
  wide: boolean;
  onWide: (wide: boolean) => void;
  /** On small screens: whether the menu is shown. */
  open: boolean;
  onNavigate: () => void;
}

export function Rail({ wide, onWide, open, onNavigate }: RailProps) {
  const word = wide ? '' : 'sm:sr-only';
  const maySettings = useSettingsPages().length > 0;
  const inSettings = useRouterState({
    select: ({ location }) => settingsPageAt(location.pathname) !== undefined,
  });
  const mayReadLedger = useMay('ledger.read');
  const mayHunt = useMay('incidents.read');
  return (
    <nav
      aria-label="Main"
      className={clsx(
        'hairline z-20 shrink-0 flex-col gap-0.5 border-r bg-n2 p-2 max-sm:fixed max-sm:inset-x-0 max-sm:top-12 max-sm:bottom-0 sm:flex',
        open ? 'flex' : 'hidden',
        wide ? 'sm:w-52' : 'sm:w-12',
      )}
    >
      <RailLink to="/incidents" label="Incidents" icon={Siren} word={word} onNavigate={onNavigate} />
      {mayHunt && <RailLink to="/hunting" label="Hunting" icon={Crosshair} word={word} onNavigate={onNavigate} />}
      {mayHunt && <RailLink to="/detections" label="Detections" icon={Radar} word={word} onNavigate={onNavigate} />}
      {mayReadLedger && <RailLink to="/ledger" label="Ledger" icon={Scale} word={word} onNavigate={onNavigate} />}
      <div className="flex-1 max-sm:hidden" />
      <RailLink to="/tokens" label="API tokens" icon={KeyRound} word={word} onNavigate={onNavigate} />
      <a href="/api/docs" target="_blank" rel="noreferrer" title="API reference" className={itemClass}>
        <BookOpen aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-n9" />
        <span className={word}>API reference</span>
      </a>
      {maySettings && (
        <RailLink
          to="/settings"
          label="Settings"
          icon={Settings}
          word={word}
          onNavigate={onNavigate}
          active={inSettings}
        />
      )}
      <button
        type="button"
        aria-expanded={wide}
        title={wide ? 'Collapse the menu' : 'Expand the menu'}
        onClick={() => onWide(!wide)}
        className={clsx(itemClass, 'max-sm:hidden')}
      >
        {wide ? (
          <PanelLeftClose aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-n9" />
        ) : (
          <PanelLeftOpen aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-n9" />
        )}
        <span className={word}>{wide ? 'Collapse' : 'Expand the menu'}</span>
      </button>
    </nav>
  );
}

interface RailLinkProps {
  to: '/incidents' | '/hunting' | '/detections' | '/ledger' | '/tokens' | '/settings';
  label: string;
  icon: ComponentType<{ size: number; strokeWidth: number; className: string; 'aria-hidden': true }>;
  word: string;
  onNavigate: () => void;
  /** Also shown as where one is, though the address is another. */
  active?: boolean;
}

function RailLink({ to, label, icon: Icon, word, onNavigate, active = false }: RailLinkProps) {
  return (
    <RouterLink
      to={to}
      title={label}
      onClick={onNavigate}
      activeProps={{ className: 'bg-n4 font-medium text-n12!' }}
      className={clsx(itemClass, active && 'bg-n4 font-medium text-n12!')}
    >
      <Icon aria-hidden size={16} strokeWidth={1.75} className="shrink-0 text-n9" />
      <span className={word}>{label}</span>
    </RouterLink>
  );
}
