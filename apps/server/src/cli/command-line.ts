import { isLaunchFailure } from '../launch/launch.ts';
import { SettingsError } from '../settings.ts';
import { correlateVerb } from './correlate.ts';
import { doctorVerb } from './doctor.ts';
import { ingestVerb } from './ingest.ts';
import { ledgerVerb } from './ledger.ts';
import { serveVerb } from './serve.ts';
import { startVerb } from './start.ts';
import { tokenVerb } from './token.ts';
import { userVerb } from './user.ts';
import { UsageError, type Verb } from './verb.ts';

const verbs: readonly Verb[] = [
  startVerb,
  serveVerb,
  ingestVerb,
  correlateVerb,
  ledgerVerb,
  tokenVerb,
  userVerb,
  doctorVerb,
];

/** Runs one verb; resolves with the exit code: 0 done, 1 failed, 2 used wrongly. */
export async function runCommandLine([name = '--help', ...args]: string[]): Promise<number> {
  if (['--help', '-h', 'help'].includes(name)) return say(overview());
  const verb = verbs.find((one) => one.name === name);
  if (verb === undefined) return complain(`There is no verb "${name}".\n\n${overview()}`, 2);
  if (args.includes('--help') || args.includes('-h')) return say(helpOf(verb));
  try {
    return await verb.run(args);
  } catch (error) {
    if (error instanceof UsageError || isParseError(error))
      return complain(`${error.message}\n\`throughline ${name} --help\` says more.`, 2);
    if (error instanceof SettingsError || isLaunchFailure(error) || isForPeople(error))
      return complain(error.message, 1);
    throw error;
  }
}

function overview(): string {
  const width = Math.max(...verbs.map((verb) => verb.name.length));
  const lines = verbs.map((verb) => `  ${verb.name.padEnd(width)}  ${verb.about}`);
  return ['Usage: throughline VERB …', '', ...lines, '', '`throughline VERB --help` says more.'].join('\n');
}

function helpOf({ name, usage, about, help }: Verb): string {
  return [
    `Usage: throughline ${name} ${usage}`.trim(),
    '',
    `  ${about}`,
    ...(help === undefined ? [] : ['', help]),
  ].join('\n');
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

// Errors of the store that are worded for people.
function isForPeople(error: unknown): error is Error {
  return error instanceof Error && ['MigrationError', 'AccessError', 'ApiError', 'MappingError'].includes(error.name);
}
