import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Control } from './provider.fixture.ts';

/** A real OpenID Connect provider in a process of its own. */
export type ProviderProcess = {
  issuer: string;
  clientSecret: string;
  /** Tells it what to be. */
  tell(control: Control): Promise<void>;
  /**
   * Goes where a browser would from an address of the provider: through its login and consent forms as `login`, to the
   * first address that is not its own, which is returned.
   */
  walk(address: string, login: string): Promise<string>;
  stop(): void;
};

/** Starts it on a free port of loopback. */
export async function startProvider(): Promise<ProviderProcess> {
  const clientSecret = 'the-client-secret-of-the-test-provider';
  const script = fileURLToPath(new URL('./provider.fixture.ts', import.meta.url));
  const child = spawn(process.execPath, [script, clientSecret], { stdio: ['pipe', 'pipe', 'pipe'] });
  const issuer = await new Promise<string>((done, failed) => {
    let output = '';
    const read = (chunk: Buffer) => {
      output += chunk;
      const found = /ISSUER (\S+)/.exec(output)?.[1];
      if (found !== undefined) done(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => failed(new Error(`the provider ended with ${code}: ${output}`)));
  });
  return {
    issuer,
    clientSecret,
    tell: async (control) => {
      await fetch(`${issuer}/control`, { method: 'POST', body: JSON.stringify(control) });
    },
    walk: (address, login) => walk(issuer, address, login),
    stop: () => void child.kill(),
  };
}

async function walk(issuer: string, start: string, login: string): Promise<string> {
  const jar = new Map<string, string>();
  const request = async (url: string, form?: Record<string, string>) => {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/);
      jar.set(name, value);
    }
    return answer;
  };
  let answer = await request(start);
  let at = start;
  for (let step = 0; step < 20; step++) {
    const location = answer.headers.get('location');
    if (location !== null) {
      at = new URL(location, at).href;
      if (!at.startsWith(issuer)) return at;
      answer = await request(at);
      continue;
    }
    const page = await answer.text();
    const action = /<form[^>]+action="([^"]+)"/.exec(page)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1];
    if (action === undefined || prompt === undefined) throw new Error(`no form at ${at}: ${page.slice(0, 500)}`);
    at = new URL(action, at).href;
    answer = await request(at, prompt === 'login' ? { prompt, login, password: 'any' } : { prompt });
  }
  throw new Error(`the provider leads nowhere: ${at}`);
}
