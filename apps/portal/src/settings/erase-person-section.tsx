import { useState } from 'react';
import { useMay } from '../api/session.ts';
import { Button } from '../kit/index.ts';
import { ErasePersonDialog } from './erase-person-dialog.tsx';

/** The way to rename a person who left. */
export function ErasePersonSection() {
  const mayRead = useMay('accounts.read');
  const [erasing, setErasing] = useState(false);
  return (
    <section aria-labelledby="erase-person" className="flex max-w-160 flex-col items-start gap-2 px-4">
      <h2 id="erase-person" className="text-16 font-semibold">
        Erase a person
      </h2>
      <p className="text-n10">
        Somebody who left is renamed to “Deleted person” with a number, in the account, logs, comments, assignments and
        sent messages. The audit log keeps the name until its retention ends.
      </p>
      <Button
        disabledReason={mayRead ? undefined : 'Needs the permission accounts.read'}
        onClick={() => setErasing(true)}
      >
        Erase a person
      </Button>
      {erasing && <ErasePersonDialog onClose={() => setErasing(false)} />}
    </section>
  );
}
