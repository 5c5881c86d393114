import { KeyValueList } from '../kit/index.ts';

/** What is kept for how long by a setting of the server itself, not of this page. */
export function FixedPeriods({ auditDays }: { auditDays: number }) {
  return (
    <section aria-labelledby="fixed-periods" className="flex max-w-160 flex-col gap-2 px-4">
      <h2 id="fixed-periods" className="text-16 font-semibold">
        Set where the server starts
      </h2>
      <KeyValueList
        keys="wide"
        items={[
          {
            key: 'Audit log',
            value: `${auditDays === 0 ? 'for ever' : `${auditDays} days`}, by THROUGHLINE_AUDIT_DAYS`,
          },
        ]}
      />
    </section>
  );
}
