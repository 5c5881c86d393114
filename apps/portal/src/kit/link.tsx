import { createLink } from '@tanstack/react-router';
import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { buttonClass } from './button.tsx';

export interface AnchorProps extends ComponentProps<'a'> {
  /** `plain` looks like its surroundings until hovered: names in tables. */
  tone?: 'accent' | 'plain';
}

/** A link out of the portal, or a bare anchor. */
export function Anchor({ tone = 'accent', className, ...rest }: AnchorProps) {
  return (
    <a
      {...rest}
      className={clsx(
        'rounded-xs underline-offset-2 hover:underline',
        tone === 'accent' ? 'text-accent' : 'text-inherit',
        className,
      )}
    />
  );
}

/** A typed link within the portal: `to`, `params` and `search` are checked against the routes. */
export const Link = createLink(Anchor);

interface AnchorButtonProps extends ComponentProps<'a'> {
  variant?: 'primary' | 'secondary' | 'quiet';
  size?: 'small' | 'medium';
}

function AnchorButton({ variant = 'secondary', size = 'medium', className, ...rest }: AnchorButtonProps) {
  return <a {...rest} className={clsx(buttonClass(variant, size), className)} />;
}

/** A link within the portal that looks like a button: it goes somewhere, it does not do something. */
export const LinkButton = createLink(AnchorButton);
