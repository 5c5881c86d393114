import { clsx } from 'clsx';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';

export interface TagProps {
  children: ReactNode;
  /** `notable` for system tags that change what one does first. */
  tone?: 'plain' | 'notable' | 'high' | 'ok' | 'pending';
}

const tones = {
  plain: 'bg-n3 text-n11',
  notable: 'bg-medium-soft text-medium',
  high: 'bg-high-soft text-high',
  ok: 'bg-ok-soft text-ok',
  pending: 'bg-pending-soft text-pending',
};

/** A word about a thing; not pressable. */
export function Tag({ children, tone = 'plain' }: TagProps) {
  return (
    <span
      className={clsx(
        'inline-flex h-5 max-w-full items-center align-middle rounded-sm px-1.5 text-12 whitespace-nowrap',
        tones[tone],
      )}
    >
      <span className="truncate">{children}</span>
    </span>
  );
}

export interface ChipProps {
  label: string;
  /** What is set, after the label: "Status: New". */
  value?: string | undefined;
  /** For a chip that is on or off. */
  pressed?: boolean;
  onClick?: () => void;
  onRemove?: () => void;
}

/** A removable or switchable filter. */
export function Chip({ label, value, pressed, onClick, onRemove }: ChipProps) {
  const on = pressed === true || value !== undefined;
  const words = (
    <>
      <span className={value === undefined ? '' : 'text-n10'}>
        {label}
        {value !== undefined && ':'}
      </span>
      {value !== undefined && <span className="max-w-56 truncate font-medium">{value}</span>}
    </>
  );
  const inner = 'flex h-full items-center gap-1 px-2';
  return (
    <span
      className={clsx(
        'inline-flex h-6 shrink-0 items-stretch rounded-md border text-12',
        on ? 'border-accent bg-accent-soft text-n12' : 'border-n6 bg-raised text-n11',
      )}
    >
      {onClick ? (
        <button
          type="button"
          aria-pressed={pressed}
          onClick={onClick}
          className={clsx(inner, 'rounded-md hover:bg-n3')}
        >
          {words}
        </button>
      ) : (
        <span className={inner}>{words}</span>
      )}
      {onRemove && (
        <button
          type="button"
          aria-label={`Remove the filter ${label}${value === undefined ? '' : `: ${value}`}`}
          onClick={onRemove}
          className="flex w-6 items-center justify-center rounded-r-md text-n10 hover:bg-n4 hover:text-n12"
        >
          <X aria-hidden size={12} />
        </button>
      )}
    </span>
  );
}
