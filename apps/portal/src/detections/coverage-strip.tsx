import { clsx } from 'clsx';

export interface CoverageStripProps {
  cells: readonly { tactic: string; name: string; rules: number }[];
  chosen: readonly string[];
  onChoose: (tactics: string[]) => void;
}

/** ATT&CK's tactics in the order of an attack, each with how many rules that are on look for it. A press filters. */
export function CoverageStrip({ cells, chosen, onChoose }: CoverageStripProps) {
  return (
    <fieldset className="min-w-0 px-4 pb-3">
      <legend className="pb-1 text-12 font-medium text-n9">Rules that are on, by ATT&amp;CK tactic</legend>
      <div className="grid grid-cols-2 gap-1 sm:grid-cols-4 lg:grid-cols-7 min-[1700px]:grid-cols-14">
        {cells.map(({ tactic, name, rules }) => {
          const on = chosen.includes(tactic);
          return (
            <button
              key={tactic}
              type="button"
              aria-pressed={on}
              onClick={() => onChoose(on ? chosen.filter((each) => each !== tactic) : [...chosen, tactic])}
              className={clsx(
                'flex h-8 min-w-0 items-center justify-between gap-2 rounded-md border px-2 text-12',
                on ? 'border-accent bg-accent-soft text-n12' : 'hairline hover:bg-n3',
                !on && (rules === 0 ? 'text-n9' : 'text-n11'),
              )}
            >
              <span className="truncate" title={name}>
                {name}
              </span>
              <span className={clsx('tabular-nums', rules > 0 && 'font-semibold')}>
                {rules}
                <span className="sr-only"> rules</span>
              </span>
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
