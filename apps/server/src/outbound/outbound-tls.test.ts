import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAllowList } from './allow-list.ts';
import { outboundFetch } from './outbound-fetch.ts';

const folder = mkdtempSync(join(tmpdir(), 'throughline-tls-'));
const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
const made = makeCertificate();
if (!made) console.log('skipped: TLS of outbound requests needs the command openssl');

/** A certificate of its own for pinned.example. */
function makeCertificate(): boolean {
  const subject = ['-subj', '/CN=pinned.example', '-addext', 'subjectAltName=DNS:pinned.example'];
  const out = ['-keyout', keyFile, '-out', certFile];
  try {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...out], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!made)('over TLS', () => {
  let server: Server;
  let port = 0;
  let ca = '';
  const names: unknown[] = [];
  const policy = () => ({ allow: readAllowList('127.0.0.1').allow, resolve: async () => ['127.0.0.1'] });

  beforeAll(async () => {
    ca = readFileSync(certFile, 'utf8');
    server = createServer({ key: readFileSync(keyFile), cert: ca }, (request, response) => {
      names.push((request.socket as TLSSocket).servername);
      if (request.url === '/down') response.writeHead(302, { location: `http://pinned.example:${port}/` });
      response.end('hello');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => void server?.close());

  test('the certificate is checked against the name, not the address that was pinned', async () => {
    const answer = await outboundFetch({ url: `https://pinned.example:${port}/` }, { ...policy(), ca });
    expect(answer.body.toString()).toBe('hello');
    expect(names).toEqual(['pinned.example']);
  });

  test.each(['other.example', '127.0.0.1'])('of another name, %s, it is refused', async (host) => {
    await expect(outboundFetch({ url: `https://${host}:${port}/` }, { ...policy(), ca })).rejects.toThrow(
      /ERR_TLS_CERT_ALTNAME_INVALID/,
    );
  });

  test('a certificate that nobody vouches for is refused, whatever the environment says', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      await expect(outboundFetch({ url: `https://pinned.example:${port}/` }, policy())).rejects.toMatchObject({
        reason: 'connection',
      });
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
  });

  test('a redirect to http is refused', async () => {
    await expect(
      outboundFetch({ url: `https://pinned.example:${port}/down` }, { ...policy(), ca }),
    ).rejects.toMatchObject({ reason: 'downgrade', host: 'pinned.example' });
  });
});
