import { Agent, request } from 'node:http';

/** Posts the bodies over `connections` kept-alive connections, in order of arrival; throws on any answer above 299. */
export async function post(
  url: string,
  bodies: readonly (string | Uint8Array)[],
  options: { connections: number; headers?: Record<string, string> },
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < bodies.length) {
      const body = bodies[next++] ?? '';
      await send(url, body, agent, options.headers ?? {});
    }
  };
  await Promise.all(Array.from({ length: options.connections }, lane));
  agent.destroy();
}

function send(url: string, body: string | Uint8Array, agent: Agent, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
      },
      (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          text += chunk;
        });
        answer.on('end', () => {
          if ((answer.statusCode ?? 500) < 300) resolve();
          else reject(new Error(`${url} answered ${answer.statusCode}: ${text.slice(0, 300)}`));
        });
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}
