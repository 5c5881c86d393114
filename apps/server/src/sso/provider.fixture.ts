import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

/** What a test tells the provider at /control; every field stays until it is told anew. */
export type Control = {
  redirectUris?: string[];
  /** Claims of each person, by subject. */
  people?: Record<string, Record<string, unknown>>;
  /** Whether claims are in the user info only, as the standard has it for this flow. */
  userInfoOnly?: boolean;
  /** New keys, the old ones gone. */
  rotate?: true;
  /** How it misbehaves. */
  mode?: 'honest' | 'silent' | 'broken' | 'otherNonce' | 'otherIssuer' | 'otherKey';
};

const clientSecret = process.argv[2] ?? '';
const state: Required<Omit<Control, 'rotate'>> = { redirectUris: [], people: {}, userInfoOnly: false, mode: 'honest' };
let key = newKey();
let issuer = '';
let handle: ReturnType<Provider['callback']> | undefined;

function newKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

function build(): void {
  const configuration: Configuration = {
    clients: [{ client_id: 'throughline', client_secret: clientSecret, redirect_uris: state.redirectUris }],
    jwks: { keys: [key] },
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username', 'groups', '_claim_names'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: state.userInfoOnly,
    cookies: { keys: ['only for tests'] },
    pkce: { required: () => true },
    ttl: { Session: 3600, Grant: 3600, Interaction: 3600, IdToken: 3600, AccessToken: 3600 },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...state.people[id] }) }),
  };
  handle = new Provider(issuer, configuration).callback();
}

const server = createServer((request, response) => {
  if (request.url === '/control') return void control(request, response);
  if (state.mode === 'silent') return;
  if (state.mode === 'broken') {
    response.writeHead(500, { 'content-type': 'text/plain' }).end('out of order');
    return;
  }
  if (state.mode === 'otherIssuer' && request.url?.startsWith('/.well-known/')) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ issuer: 'https://evil.example', authorization_endpoint: `${issuer}/auth` }));
    return;
  }
  if (state.mode === 'otherKey' && request.url === '/jwks') {
    const { kty, n, e } = newKey();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: [{ kty, n, e, kid: key.kid, use: 'sig', alg: 'RS256' }] }));
    return;
  }
  if (state.mode === 'otherNonce') request.url = request.url?.replace(/nonce=[^&]+/, 'nonce=another');
  void handle?.(request, response);
});

async function control(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const chunk of request) text += chunk;
  const { rotate, ...told } = JSON.parse(text) as Control;
  Object.assign(state, told);
  if (rotate === true) key = newKey();
  build();
  response.end();
}

server.listen(0, '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  build();
  console.log(`ISSUER ${issuer}`);
});
// The provider ends with the test that started it.
process.stdin.on('close', () => process.exit()).resume();
