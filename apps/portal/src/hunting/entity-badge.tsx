import { useNavigate } from '@tanstack/react-router';
import { Crosshair } from 'lucide-react';
import { type EntityBadgeProps, EntityBadge as PlainBadge } from '../kit/index.ts';
import { longestInAddress } from './hunting-search.ts';
import { huntsFor } from './hunts-for.ts';

interface HuntedBadgeProps extends EntityBadgeProps {
  /** ISO 8601: hunts look an hour to either side. */
  around?: string | undefined;
}

/** The kit's badge, with hunts about the thing in its menu. */
export function EntityBadge({ around, extra = [], ...badge }: HuntedBadgeProps) {
  const navigate = useNavigate();
  const { kind, name, value = name } = badge.entity;
  const hunts = huntsFor({ kind, value }, around === undefined ? undefined : Date.parse(around));
  const entries = hunts
    .filter(({ query }) => query.length <= longestInAddress)
    .map(({ label, query }) => ({
      label,
      icon: Crosshair,
      onSelect: () => void navigate({ to: '/hunting', search: { q: query, run: '1' } }),
    }));
  return <PlainBadge {...badge} extra={[...extra, ...(entries.length > 0 ? ['Go hunt', ...entries] : [])]} />;
}
