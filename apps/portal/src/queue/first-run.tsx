import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FirstRun as FirstRunState } from '@throughline/model';
import { Check } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { loadDemo } from '../api/operate.ts';
import { useMay } from '../api/session.ts';
import { PasswordDialog } from '../app/password-dialog.tsx';
import { Banner, Button, CodeBlock, LinkButton } from '../kit/index.ts';

/** What stands in the place of an empty queue on the first day. */
export function FirstRun({ state }: { state: FirstRunState }) {
  const client = useQueryClient();
  const mayLoad = useMay('demo.load');
  const [password, setPassword] = useState(false);
  const demo = useMutation({
    mutationFn: loadDemo,
    onSuccess: () =>
      Promise.all(
        ['incidents', 'incident-summary', 'incident-timeline', 'incident-facets', 'first-run'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  });
  return (
    <main className="h-full overflow-auto">
      <div className="mx-auto max-w-160 px-4 py-10">
        <h1 className="text-20 font-semibold">No alerts yet</h1>
        <p className="pt-1 text-n10">
          Send some in, or look at an attack first: what arrives is put together into incidents within seconds, each
          saying why its alerts belong together.
        </p>
        <ol className="pt-6">
          <Step
            done={state.demoLoaded}
            title="Look at an attack"
            text="About 90 alerts of one intrusion from e-mail, identity, endpoint, network and cloud products, hidden among 300 that have nothing to do with it."
            action={
              <Button
                variant="primary"
                busy={demo.isPending}
                disabledReason={mayLoad ? undefined : 'Needs the permission demo.load'}
                onClick={() => demo.mutate()}
              >
                {demo.isPending ? 'Loading the demo attack' : 'Load the demo attack'}
              </Button>
            }
          >
            {demo.isError && (
              <Banner tone="failed" title="The demo attack was not loaded">
                {demo.error.message}
              </Banner>
            )}
          </Step>
          <Step
            done={state.hasPassword}
            title="Set a password"
            text="You came by a one-time link; a password lets you come back."
            action={<Button onClick={() => setPassword(true)}>Set a password</Button>}
          />
          <Step
            done={state.hasToken}
            title="Create a token"
            text="A source needs one with the scope intake to send its alerts."
            action={<LinkButton to="/tokens">Create a token</LinkButton>}
          />
          <Step
            done={state.hasAlerts}
            title="Send a file of your own"
            text="JSON, NDJSON or an array, also gzipped; the format is recognised. It lands in this queue while you watch."
          >
            <CodeBlock label="Command line" code={sendLine(window.location.origin)} wrap />
          </Step>
        </ol>
      </div>
      <PasswordDialog open={password} onClose={() => setPassword(false)} />
    </main>
  );
}

/** The command that sends a file to this server. */
export function sendLine(origin: string): string {
  return `curl -H "Authorization: Bearer $TOKEN" --data-binary @alerts.json ${origin}/api/intake/auto`;
}

function Step({
  done,
  title,
  text,
  action,
  children,
}: {
  done: boolean;
  title: string;
  text: string;
  action?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <li className="hairline flex gap-3 border-t py-4">
      <span
        aria-hidden
        className={`mt-0.5 flex size-5 shrink-0 items-center justify-center rounded-full border ${done ? 'border-ok-fill text-ok' : 'border-n7'}`}
      >
        {done && <Check size={12} strokeWidth={3} />}
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
          <div className="min-w-56 flex-1">
            <h2 className="font-semibold">
              {title}
              {done && <span className="font-normal text-ok"> – done</span>}
            </h2>
            <p className="text-n10">{text}</p>
          </div>
          {!done && action}
        </div>
        {children}
      </div>
    </li>
  );
}
