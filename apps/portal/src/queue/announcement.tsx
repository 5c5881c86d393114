/** Floats over the column heads: news is announced, no row is covered, and none moves until it is asked for. */
export function Announcement({ fresh, stale, onShow }: { fresh: number; stale: boolean; onShow: () => void }) {
  const words = fresh > 0 ? `${fresh.toLocaleString('en')} new` : stale ? 'List has changed' : '';
  return (
    <span aria-live="polite" className="absolute top-0.5 left-1/2 z-20 -translate-x-1/2">
      {words !== '' && (
        <button
          type="button"
          onClick={onShow}
          className="flex h-7 items-center rounded-full bg-accent-fill px-3 text-12 font-medium whitespace-nowrap text-on-accent hover:bg-accent-fill-hover"
        >
          {words} – press N
        </button>
      )}
    </span>
  );
}
