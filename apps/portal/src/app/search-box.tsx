import { useNavigate, useRouterState } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Key } from '../kit/index.ts';

const inputId = 'global-search';
const settleMs = 250;

/** Puts the cursor in the search field of the top bar. */
export function focusSearch(): void {
  const input = document.getElementById(inputId);
  if (input instanceof HTMLInputElement) {
    input.focus();
    input.select();
  }
}

/** Searches incidents by name, id or asset. On the queue it filters as one types; elsewhere Enter goes there. */
export function SearchBox() {
  const navigate = useNavigate();
  const location = useRouterState({ select: (state) => state.location });
  const onQueue = location.pathname === '/incidents';
  const given = onQueue ? ((location.search as { q?: string }).q ?? '') : '';
  const [text, setText] = useState(given);
  useEffect(() => setText(given), [given]);

  const search = (q: string) => {
    if (onQueue) {
      void navigate({
        to: '/incidents',
        search: ({ q: _, ...rest }) => (q === '' ? rest : { ...rest, q }),
        replace: true,
      });
    } else if (q !== '') void navigate({ to: '/incidents', search: { q } });
  };
  useEffect(() => {
    if (!onQueue || text.trim() === given) return;
    const timer = setTimeout(() => search(text.trim()), settleMs);
    return () => clearTimeout(timer);
  });

  return (
    <search className="relative block w-full max-w-105">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          search(text.trim());
        }}
      >
        <label htmlFor={inputId} className="sr-only">
          Search incidents by name, id or asset
        </label>
        <Search
          aria-hidden
          size={14}
          className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-n9"
        />
        <input
          id={inputId}
          type="search"
          value={text}
          maxLength={200}
          placeholder="Search incidents, ids, assets"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            if (text === '') event.currentTarget.blur();
            else {
              setText('');
              search('');
            }
          }}
          className="peer h-8 w-full rounded-md border border-n7 bg-raised pr-8 pl-8 hover:border-n8 [&::-webkit-search-cancel-button]:hidden"
        />
        <span
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-1.5 hidden -translate-y-1/2 peer-focus:hidden sm:block"
        >
          <Key>/</Key>
        </span>
      </form>
    </search>
  );
}
