/** Stands in the toolbar, where there is always room: news is announced, and no row moves until it is asked for. */
export function Announcement({ fresh, stale, onShow }: { fresh: number; stale: boolean; onShow: () => void }) {
  const words = fresh > 0 ? `${fresh.toLocaleString('en')} new` : stale ? 'List has changed' : '';
  return (
    <span aria-live="polite">
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
