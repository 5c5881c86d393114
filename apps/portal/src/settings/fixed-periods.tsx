import { KeyValueList } from '../kit/index.ts';

/** What else is kept for how long; set where the server is started, or fixed. */
export function FixedPeriods({ auditDays }: { auditDays: number }) {
  return (
    <section aria-labelledby="fixed-periods" className="flex max-w-160 flex-col gap-2 px-4">
      <h2 id="fixed-periods" className="text-16 font-semibold">
        Everything else
      </h2>
      <KeyValueList
        keys="wide"
        items={[
          {
            key: 'Audit log',
            value: `${auditDays === 0 ? 'for ever' : `${auditDays} days`}, by THROUGHLINE_AUDIT_DAYS where the server starts`,
          },
          { key: 'Intake log', value: '7 days after its alerts are stored' },
          { key: 'Live updates', value: '1 day' },
          { key: 'Dead letters', value: 'for ever, so that they can be replayed' },
        ]}
      />
    </section>
  );
}
