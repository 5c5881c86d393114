import { CodeBlock, Link } from '../kit/index.ts';

/** How to send alerts from another system. */
export function ConnectSource() {
  const url = `${window.location.origin}/api/intake/auto`;
  const send = (type: string, file: string) =>
    `curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: ${type}" \\\n  --data-binary @${file} ${url}`;
  return (
    <section aria-labelledby="connect" className="flex max-w-180 flex-col gap-3 px-4 pt-6">
      <h2 id="connect" className="text-16 font-semibold">
        How to connect
      </h2>
      <p className="text-n10">
        Make a token with the scope “intake” among the{' '}
        <Link to="/tokens" className="underline">
          API tokens
        </Link>
        , and send alerts with it. With <code>auto</code> each record is recognised by its shape; a format’s name in its
        place takes that format only.
      </p>
      <h3 className="font-medium">JSON, one alert or a list</h3>
      <CodeBlock label="Send JSON with curl" code={send('application/json', 'alerts.json')} />
      <h3 className="font-medium">NDJSON, one alert a line</h3>
      <CodeBlock label="Send NDJSON with curl" code={send('application/x-ndjson', 'alerts.ndjson')} />
      <h3 className="font-medium">CEF or LEEF lines</h3>
      <CodeBlock label="Send CEF with curl" code={send('text/plain', 'alerts.cef')} />
      <p className="text-12 text-n9">
        The answer 202 says that everything sent is safe, and names each record that was rejected and why.
      </p>
    </section>
  );
}
