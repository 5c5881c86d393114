// Holds the table of rooms in ARCHITECTURE.md: who may import whom, by package name and exported path only.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const EVERYTHING = [
  'model',
  'intake',
  'detect',
  'correlate',
  'hunt',
  'access',
  'investigate',
  'notify',
  'tune',
  'respond',
  'posture',
  'report',
  'store',
];

/** Folder of a room → packages it may import. */
const ROOMS: ReadonlyArray<[folder: string, mayImport: readonly string[]]> = [
  ['packages/model', []],
  ['packages/intake', ['model']],
  ['packages/detect', ['model']],
  ['packages/correlate', ['model']],
  ['packages/hunt', ['model']],
  ['packages/access', ['model']],
  ['packages/notify', ['model']],
  ['packages/tune', ['model']],
  ['packages/investigate', ['model']],
  ['packages/respond', ['model']],
  ['packages/posture', ['model']],
  ['packages/report', ['model']],
  ['packages/store', ['model']],
  ['apps/server', [...EVERYTHING, 'content']],
  ['apps/portal', ['model']],
  ['content', [...EVERYTHING, 'server']],
  ['bench', [...EVERYTHING, 'server', 'content']],
  ['e2e', [...EVERYTHING, 'server', 'content']],
  ['scripts', [...EVERYTHING, 'server', 'content']],
];
// What is not part of the product shares files among itself and with tests, and reaches into the applications, which
// export nothing.
const OUTSIDE = ['content', 'bench', 'e2e', 'scripts'];
const APPLICATIONS = ['apps/server'];
const TEST = /\.(test|slow)\.tsx?$/;
// Rooms that do no input or output; their tests may read files.
const PURE = [
  'packages/model',
  'packages/intake',
  'packages/detect',
  'packages/correlate',
  'packages/hunt',
  'packages/access',
  'packages/notify',
  'packages/tune',
  'packages/posture',
];
const INPUT_OUTPUT =
  /^(node:)?(fs|fs\/promises|net|tls|dgram|dns|http|https|http2|child_process|cluster|worker_threads)$/;
const IMPORT =
  /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

const exported = new Map<string, Set<string>>();
const faults: string[] = [];
for (const [folder, mayImport] of ROOMS) {
  const files = globSync(`${folder}/**/*.{ts,tsx,js,mjs}`, {
    cwd: root,
    exclude: ['**/node_modules/**', '**/dist/**'],
  });
  for (const file of files) lintFile(folder, mayImport, file);
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log('Imports keep to the table of rooms.');

function lintFile(folder: string, mayImport: readonly string[], file: string): void {
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, typeOnly, from, dynamic] of text.matchAll(IMPORT)) {
    const name = from ?? dynamic ?? '';
    const reason = faultOf(folder, mayImport, file, name, typeOnly !== undefined);
    if (reason !== undefined) faults.push(`${file}: imports ${name}: ${reason}`);
  }
}

function faultOf(
  folder: string,
  mayImport: readonly string[],
  file: string,
  name: string,
  typeOnly: boolean,
): string | undefined {
  if (name.startsWith('.')) {
    const target = relative(root, resolve(root, dirname(file), name));
    const home = homeOf(folder, file);
    return home.some((allowed) => target.startsWith(`${allowed}/`))
      ? undefined
      : `leaves ${folder}; import another room by its package name`;
  }
  const ours = /^@throughline\/([^/]+)(\/.*)?$/.exec(name);
  if (ours?.[1] !== undefined) return faultOfRoom(folder, mayImport, ours[1], ours[2] ?? '', typeOnly);
  if (PURE.includes(folder) && INPUT_OUTPUT.test(name) && file.startsWith(`${folder}/src/`) && !TEST.test(file)) {
    return `${folder} does no input or output`;
  }
  return undefined;
}

// The folders whose files a file may import by path.
function homeOf(folder: string, file: string): string[] {
  if (OUTSIDE.includes(folder)) return [...OUTSIDE, ...APPLICATIONS];
  return TEST.test(file) ? [folder, ...OUTSIDE] : [folder];
}

function faultOfRoom(folder: string, mayImport: readonly string[], room: string, path: string, typeOnly: boolean) {
  const own = folder.endsWith(`/${room}`);
  const apiTypes = folder === 'apps/portal' && room === 'server' && typeOnly;
  if (!own && !apiTypes && !mayImport.includes(room)) return `${folder} may not import ${room}`;
  return exportsOf(room).has(`.${path}`) ? undefined : `the package ${room} does not export ".${path}"`;
}

function exportsOf(room: string): Set<string> {
  const known = exported.get(room);
  if (known !== undefined) return known;
  const folder = ROOMS.find(([name]) => name.endsWith(`/${room}`))?.[0] ?? room;
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const paths = new Set(Object.keys(manifest.exports ?? {}));
  exported.set(room, paths);
  return paths;
}
