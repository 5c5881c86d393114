import { clsx } from 'clsx';
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';

export interface BannerProps {
  tone?: 'info' | 'ok' | 'warning' | 'failed';
  title?: string;
  children?: ReactNode;
  /** Buttons at the end. */
  action?: ReactNode;
  onDismiss?: () => void;
}

const tones = {
  info: { icon: Info, ground: 'bg-accent-soft', ink: 'text-accent' },
  ok: { icon: CircleCheck, ground: 'bg-ok-soft', ink: 'text-ok' },
  warning: { icon: TriangleAlert, ground: 'bg-medium-soft', ink: 'text-medium' },
  failed: { icon: CircleAlert, ground: 'bg-high-soft', ink: 'text-high' },
};

export function Banner({ tone = 'info', title, children, action, onDismiss }: BannerProps) {
  const { icon: Icon, ground, ink } = tones[tone];
  return (
    <div
      role={tone === 'failed' ? 'alert' : 'status'}
      className={clsx('flex min-h-10 items-center gap-2.5 rounded-md py-1.5 pr-2 pl-3', ground)}
    >
      <Icon aria-hidden size={16} className={clsx('shrink-0', ink)} />
      <div className="min-w-0 flex-1">
        {title !== undefined && <span className="mr-2 font-medium">{title}</span>}
        {children !== undefined && <span className="text-n11">{children}</span>}
      </div>
      {action}
      {onDismiss && <IconButton label="Dismiss" icon={X} size="small" onClick={onDismiss} />}
    </div>
  );
}
