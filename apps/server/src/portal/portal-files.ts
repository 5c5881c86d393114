import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressors = {
  br: promisify((bytes: Buffer, done: (error: Error | null, result: Buffer) => void) =>
    brotliCompress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }, done),
  ),
  gzip: promisify(gzip),
};
type Encoding = keyof typeof compressors;

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};
const compressible = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt', '.webmanifest']);
const notBuilt = 'The portal is not built yet. Run: npm run build\n';

/**
 * Serves a built portal from memory: only names that were in the folder when it was read exist, so no request is ever a
 * path. A page's address answers with `index.html`. The folder is read again when `index.html` changed.
 */
export function portalFiles(folder: string): (request: Request) => Promise<Response> {
  let built = 0;
  let files = new Map<string, PortalFile>();
  return async (request) => {
    const changed = await changedAt(join(folder, 'index.html'));
    if (changed !== built) [files, built] = [await readFiles(folder), changed];
    const { pathname } = new URL(request.url);
    const file = files.get(pathname) ?? (extname(pathname) === '' ? files.get('/index.html') : undefined);
    if (file !== undefined) return file.respond(request);
    return new Response(files.size === 0 ? notBuilt : 'There is no such page.\n', {
      status: files.size === 0 ? 503 : 404,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
  };
}

type PortalFile = { respond(request: Request): Promise<Response> };

async function readFiles(folder: string): Promise<Map<string, PortalFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      paths.map(async (path) => {
        const name = path.slice(folder.length).replaceAll('\\', '/');
        return [name, portalFile(name, await readFile(path))] as const;
      }),
    ),
  );
}

function portalFile(name: string, bytes: Buffer): PortalFile {
  const extension = extname(name);
  const compressed = new Map<Encoding, Promise<Buffer>>();
  const headers = {
    'content-type': types[extension] ?? 'application/octet-stream',
    // Vite puts a hash of the content into the names below assets/.
    'cache-control': name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    vary: 'accept-encoding',
  };
  return {
    async respond(request) {
      const encoding = compressible.has(extension) && bytes.length > 1024 ? wanted(request) : undefined;
      if (encoding === undefined) return new Response(new Uint8Array(bytes), { headers });
      let result = compressed.get(encoding);
      if (result === undefined) {
        result = compressors[encoding](bytes) as Promise<Buffer>;
        compressed.set(encoding, result);
      }
      return new Response(new Uint8Array(await result), { headers: { ...headers, 'content-encoding': encoding } });
    },
  };
}

function wanted(request: Request): Encoding | undefined {
  const accepted = request.headers.get('accept-encoding') ?? '';
  return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding));
}

async function changedAt(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
