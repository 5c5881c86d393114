import { UsageError, type Verb } from './verb.ts';

/** Every verb. A verb's code is loaded when it is used, so that `--help` and the small ones answer at once. */
const verbs: Readonly<Record<string, { about: string; load(): Promise<Verb> }>> = {
  start: {
    about: 'build the portal when needed, run the server, print a sign-in link',
    load: async () => (await import('./start.ts')).startVerb,
  },
  serve: {
    about: 'run the server for production: log on standard output, no build of the portal',
    load: async () => (await import('./serve.ts')).serveVerb,
  },
  ingest: {
    about: 'read alerts from files, directories, archives or standard input',
    load: async () => (await import('./ingest.ts')).ingestVerb,
  },
  correlate: {
    about: 'put alerts into incidents without a server, one line an alert',
    load: async () => (await import('./correlate.ts')).correlateVerb,
  },
  rules: {
    about: 'add packs of detection rules, enable and disable rules, run their samples',
    load: async () => (await import('./rules.ts')).rulesVerb,
  },
  kql: {
    about: 'compile and run hunting queries from a file, without a server',
    load: async () => (await import('./kql.ts')).kqlVerb,
  },
  detect: {
    about: 'judge files of events by Sigma rules without a server, one line a match',
    load: async () => (await import('./detect.ts')).detectVerb,
  },
  ledger: {
    about: 'show what came in and what became of it, by source',
    load: async () => (await import('./ledger.ts')).ledgerVerb,
  },
  token: {
    about: 'make an API token; it is the last word printed',
    load: async () => (await import('./token.ts')).tokenVerb,
  },
  user: {
    about: 'list and add accounts, make one-time sign-in links',
    load: async () => (await import('./user.ts')).userVerb,
  },
  audit: {
    about: 'verify the audit log, or export it',
    load: async () => (await import('./audit.ts')).auditVerb,
  },
  secrets: {
    about: 'list which secrets are stored, or give them a new key',
    load: async () => (await import('./secrets.ts')).secretsVerb,
  },
  doctor: {
    about: 'look whether everything is well: engines, disk, versions, migrations, ledger, left-over processes',
    load: async () => (await import('./doctor.ts')).doctorVerb,
  },
};

// Errors that are worded for people; anything else is a fault of ours and shows its stack.
const worded = new Set([
  'SettingsError',
  'LaunchError',
  'EngineStartError',
  'MigrationError',
  'AccessError',
  'MappingError',
  'SecretError',
]);

/** Runs one verb; resolves with the exit code: 0 done, 1 failed, 2 used wrongly. */
export async function runCommandLine([name = '--help', ...args]: string[]): Promise<number> {
  if (['--help', '-h', 'help'].includes(name)) return say(overview());
  const entry = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (entry === undefined) return complain(`There is no verb "${name}".\n\n${overview()}`, 2);
  const verb = await entry.load();
  if (args.includes('--help') || args.includes('-h')) return say(helpOf(name, entry.about, verb));
  try {
    return await verb.run(args);
  } catch (error) {
    if (error instanceof UsageError || isParseError(error)) {
      return complain(`${error.message}\n\`throughline ${name} --help\` says more.`, 2);
    }
    if (error instanceof Error && worded.has(error.name)) return complain(error.message, 1);
    throw error;
  }
}

function overview(): string {
  const width = Math.max(...Object.keys(verbs).map((name) => name.length));
  const lines = Object.entries(verbs).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`);
  return ['Usage: throughline VERB …', '', ...lines, '', '`throughline VERB --help` says more.'].join('\n');
}

function helpOf(name: string, about: string, { usage, help }: Verb): string {
  const lines = [`Usage: throughline ${name} ${usage}`.trim(), '', `  ${about}`];
  return [...lines, ...(help === undefined ? [] : ['', help])].join('\n');
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`);
  return code;
}

function isParseError(error: unknown): error is Error {
  return String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}
