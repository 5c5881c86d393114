import { useQuery } from '@tanstack/react-query';
import type { SourceClock } from '@throughline/model';
import { clocksQuery } from '../api/operate.ts';
import { type Column, ErrorState, StateMark, Table, Time } from '../kit/index.ts';
import { clockWords, delayWords, deviceClockWords, isOff } from './clock-words.ts';

const rowKey = ({ source }: SourceClock) => source;

const columns: Column<SourceClock>[] = [
  {
    id: 'source',
    header: 'Source',
    width: 'minmax(112px, 200px)',
    cell: ({ source }) => (
      <span className="block truncate font-medium" title={source}>
        {source}
      </span>
    ),
  },
  {
    id: 'clock',
    header: 'Clock',
    width: 'minmax(150px, 1fr)',
    cell: (clock) => (
      <StateMark
        state={clock.offsetMs === null ? 'unknown' : isOff(clock) ? 'failed' : 'ok'}
        label={clockWords(clock)}
      />
    ),
  },
  {
    id: 'since',
    header: 'Since',
    width: '76px',
    from: 560,
    cell: ({ sinceDateTime }) => sinceDateTime !== null && <Time value={sinceDateTime} />,
  },
  {
    id: 'median',
    header: 'Alerts arrive',
    width: '132px',
    from: 640,
    cell: ({ medianMs }) => delayWords(medianMs),
  },
  {
    id: 'spread',
    header: 'Spread',
    width: '88px',
    align: 'end',
    from: 760,
    cell: ({ spreadMs }) => delayWords(spreadMs, ''),
  },
  {
    id: 'alerts',
    header: 'Measured',
    width: '84px',
    align: 'end',
    from: 820,
    cell: ({ alerts }) => alerts.toLocaleString('en'),
  },
];

/** How far the clocks of sources are off, as far as arrival tells, and the devices that differ from the rest. */
export function SourceClocks() {
  const clocks = useQuery(clocksQuery);
  if (clocks.isError) {
    return (
      <ErrorState title="The clocks could not be measured" error={clocks.error} onRetry={() => void clocks.refetch()} />
    );
  }
  if (clocks.data === undefined || clocks.data.items.length === 0) return null;
  const differing = clocks.data.items.filter(({ devices }) => devices.length > 0);
  return (
    <section aria-labelledby="clocks" className="flex flex-col gap-2 pt-6">
      <div className="px-4">
        <h2 id="clocks" className="text-16 font-semibold">
          Clocks
        </h2>
        <p className="max-w-180 text-n10">
          How long after the time they carry alerts arrive, of a day’s newest 5,000: the middle, and the width of the
          middle half. Times are used as they were sent.
        </p>
      </div>
      <div className="hairline border-t">
        <Table label="Clocks of sources" columns={columns} rows={clocks.data.items} rowKey={rowKey} flow />
      </div>
      {differing.length > 0 && (
        <div className="px-4">
          <h3 className="pt-2 font-medium">Devices unlike the rest of their source</h3>
          <ul className="flex flex-col">
            {differing.flatMap((clock) =>
              clock.devices.map((device) => (
                <li key={`${clock.source} ${device.entityId}`} className="hairline border-b py-1">
                  <span className="font-medium">{device.name}</span>{' '}
                  <span className="text-n10">
                    {clock.source}: {deviceClockWords(device, clock)}
                  </span>
                </li>
              )),
            )}
          </ul>
        </div>
      )}
    </section>
  );
}
