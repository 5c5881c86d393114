import { X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton, TextField } from '../kit/index.ts';
import { isMailAddress, splitAddresses } from './rule-draft.ts';

/** Mail addresses, added one by one or several at once, at most `most`. */
export function AddressBox({
  recipients,
  most,
  hint = '',
  onChange,
}: {
  recipients: string[];
  most: number;
  hint?: string;
  onChange: (recipients: string[]) => void;
}) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const add = () => {
    const words = splitAddresses(text);
    const wrong = words.find((word) => !isMailAddress(word));
    if (wrong !== undefined) return setError(`“${wrong}” is no mail address.`);
    const known = new Set(recipients.map((address) => address.toLowerCase()));
    onChange([...recipients, ...words.filter((word) => !known.has(word.toLowerCase()))].slice(0, most));
    setText('');
    setError(undefined);
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <TextField
          label="Recipient"
          type="text"
          inputMode="email"
          autoComplete="off"
          placeholder="soc@example.com"
          hint={`Several at once between commas. ${hint}`.trim()}
          error={error}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || text.trim() === '') return;
            event.preventDefault();
            add();
          }}
          className="flex-1"
        />
        <Button
          className="mt-5"
          onClick={add}
          disabledReason={text.trim() === '' ? 'Type an address first' : undefined}
        >
          Add
        </Button>
      </div>
      {recipients.length > 0 && (
        <ul aria-label="Recipients" className="hairline divide-y divide-n4 rounded-md border">
          {recipients.map((address) => (
            <li key={address} className="flex h-8 items-center gap-2 pr-1 pl-2">
              <span className="min-w-0 flex-1 truncate">{address}</span>
              <IconButton
                label={`Remove ${address}`}
                icon={X}
                size="small"
                onClick={() => onChange(recipients.filter((each) => each !== address))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
