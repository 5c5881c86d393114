import { Dialog } from './dialog.tsx';
import { Key } from './key.tsx';
import { setSingleKeys, useKeyScopes, useSingleKeys } from './keyboard.ts';
import { Switch } from './switch.tsx';

const caps: Record<string, string> = {
  mod: 'Ctrl',
  shift: 'Shift',
  alt: 'Alt',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
};

/** The help sheet: every key that works here, by scope. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const scopes = useKeyScopes();
  const on = useSingleKeys();
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard" width="wide">
      <div className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
        {scopes.map((scope) => (
          <section key={scope.name}>
            <h3 className="pb-1 text-12 font-medium text-n9">{scope.name}</h3>
            <dl>
              {scope.bindings.map((binding) => (
                <div
                  key={binding.key}
                  className="hairline flex items-center justify-between border-b py-1 last:border-b-0"
                >
                  <dt>{binding.label}</dt>
                  <dd className="flex gap-1">
                    {binding.key
                      .split(' ')
                      .flatMap((part) =>
                        part
                          .split('+')
                          .map((cap) => (
                            <Key key={`${part}-${cap}`}>
                              {caps[cap] ?? (cap.length === 1 ? cap.toUpperCase() : cap)}
                            </Key>
                          )),
                      )}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="hairline mt-4 border-t pt-3">
        <Switch
          checked={on}
          onChange={setSingleKeys}
          label="Single-key shortcuts"
          hint="They do nothing while you type. Enter, Space and Escape always work; Escape goes one step back."
        />
      </div>
    </Dialog>
  );
}
