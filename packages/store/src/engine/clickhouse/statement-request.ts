import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import { StatementError } from './errors.ts';

/** One statement as it came over ClickHouse's HTTP interface. */
export interface StatementRequest {
  queryId: string;
  sql: string;
  /** Bytes that follow the statement: the rows of an `INSERT`. */
  data: Buffer;
  database: string | undefined;
  defaultFormat: string | undefined;
  /** Answer only when the whole result is known. */
  waitEndOfQuery: boolean;
  settings: Map<string, string>;
  params: Map<string, string>;
}

/** Largest request body, in bytes, after and before decompression. */
export const MAX_BODY_BYTES = 256 * 1024 * 1024;

const DECODERS: Readonly<Record<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
  zstd: promisify(zstdDecompress),
};

// URL parameters of the HTTP layer that are no settings of the engine.
const HTTP_ONLY = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'user',
  'password',
  'quota_key',
  'wait_end_of_query',
  'buffer_size',
  'compress',
  'decompress',
  'enable_http_compression',
  'stacktrace',
  'client_protocol_version',
]);

/**
 * Reads a statement, its data, settings and parameters from a request. As on a server, a statement in the URL comes
 * before the body: the body is then its data when the URL holds one, and the statement itself otherwise.
 *
 * @throws StatementError 48 for sessions and roles, 307 for a body over {@link MAX_BODY_BYTES}, 354 for one that does
 *   not decompress.
 */
export async function readStatement(request: IncomingMessage, url: URL): Promise<StatementRequest> {
  const search = url.searchParams;
  for (const refused of ['session_id', 'role']) {
    if (search.has(refused)) {
      throw new StatementError(48, 'NOT_IMPLEMENTED', `The embedded ClickHouse has no ${refused}.`);
    }
  }
  const fields = new Map(search);
  let body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    for (const [name, value] of form) if (typeof value === 'string') fields.set(name, value);
    body = Buffer.alloc(0);
  }
  const inUrl = fields.get('query');
  const settings = new Map<string, string>();
  const params = new Map<string, string>();
  for (const [name, value] of fields) {
    if (name.startsWith('param_')) params.set(name.slice('param_'.length), value);
    else if (!HTTP_ONLY.has(name)) settings.set(name, value);
  }
  return {
    queryId: fields.get('query_id') || randomUUID(),
    sql: inUrl ?? body.toString('utf8'),
    data: inUrl === undefined ? Buffer.alloc(0) : body,
    database: fields.get('database') ?? headerOf(request, 'x-clickhouse-database'),
    defaultFormat: fields.get('default_format') ?? headerOf(request, 'x-clickhouse-format'),
    waitEndOfQuery: fields.get('wait_end_of_query') === '1',
    settings,
    params,
  };
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return body;
  const decode = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
  if (decode === undefined) {
    throw new StatementError(48, 'NOT_IMPLEMENTED', `Content-Encoding ${JSON.stringify(encoding)} is not supported.`);
  }
  try {
    return await decode(body, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new StatementError(354, 'ZLIB_INFLATE_FAILED', `The ${encoding} body does not decompress.`);
  }
}

function tooLarge(): StatementError {
  return new StatementError(307, 'TOO_MANY_BYTES', `The request body is larger than ${MAX_BODY_BYTES} bytes.`);
}
