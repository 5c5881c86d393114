import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { type RuleFile, readRules } from '@throughline/detect';
import { defaultTenant } from '@throughline/model';
import { changeRule, ruleSettings, saveRulePack, storedRules } from '@throughline/store';
import { commandLineDb } from '../audit/command-line-audit.ts';
import { readRulePack } from '../detect/rule-archive.ts';
import { readRuleFiles } from '../detect/rule-files.ts';
import { testSamples } from '../detect/rule-samples.ts';
import { withLocalDatabase } from './local-database.ts';
import { table } from './table.ts';
import { UsageError, type Verb } from './verb.ts';

const by = 'command line';

/** `throughline rules`: packs of Sigma rules, what is decided about rules, and their own samples. */
export const rulesVerb: Verb = {
  usage: 'add DIRECTORY|ZIP [--name NAME] [--licence TEXT] | list | enable ID | disable ID --reason TEXT | test PATH…',
  help: [
    '  add      adds a pack, or puts this version in the place of the one of its name, and tells what changed',
    '  list     the packs, and the rules that are disabled',
    '  enable, disable   one rule, by its id',
    '  test     runs each rule over the samples beside it (NAME.samples.json); needs no server',
    '  --name     what the pack is called; the name of the directory or archive without it',
    '  --licence  of the rules, as they say themselves without it',
    '  --reason   why a rule is disabled',
  ].join('\n'),
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { name: { type: 'string' }, licence: { type: 'string' }, reason: { type: 'string' } },
    });
    const [action, ...rest] = positionals;
    const [subject] = rest;
    if (action === 'list') return list();
    if (action === 'test' && rest.length > 0) return test(rest);
    if (action === 'add' && subject !== undefined) return add(subject, values);
    if (action === 'enable' && subject !== undefined) return decide(subject, true, values.reason ?? '');
    if (action === 'disable' && subject !== undefined) {
      if ((values.reason ?? '').trim() === '') throw new UsageError('Say why with --reason.');
      return decide(subject, false, values.reason ?? '');
    }
    throw new UsageError('Say "rules add", "rules list", "rules enable", "rules disable" or "rules test".');
  },
};

async function add(path: string, given: { name?: string | undefined; licence?: string | undefined }): Promise<number> {
  const files = await readRulePack(path);
  if (files.length === 0) throw new UsageError(`${path} holds no YAML files.`);
  const set = readRules(files);
  const name = given.name ?? basename(path).replace(/\.zip$/i, '');
  if (!/^[\w .-]{1,80}$/.test(name)) throw new UsageError(`A pack cannot be called "${name}"; give it a --name.`);
  for (const { path: at, line, reason } of set.faults) console.error(`${at}:${line}: ${reason}`);
  return withLocalDatabase(async ({ db }) => {
    const before = (await storedRules(db, defaultTenant)).filter((file) => file.path.startsWith(`${name}/`));
    const changes = difference(
      before.map((file) => ({ ...file, path: file.path.slice(name.length + 1) })),
      files,
    );
    await saveRulePack(
      commandLineDb(db, 'settings.change'),
      { tenantId: defaultTenant, by, now: new Date() },
      { name, version: '', licence: given.licence ?? '', url: '' },
      files,
    );
    console.log(
      `Pack ${name}: ${set.rules.length} rules, ${set.correlations.length} correlations, ${set.filters.length} filters; ` +
        `${changes.added} files new, ${changes.changed} changed, ${changes.removed} gone. ${set.faults.length} cannot be used.`,
    );
    return 0;
  });
}

function difference(before: readonly RuleFile[], after: readonly RuleFile[]) {
  const old = new Map(before.map(({ path, text }) => [path, text]));
  const added = after.filter(({ path }) => !old.has(path)).length;
  const changed = after.filter(({ path, text }) => old.has(path) && old.get(path) !== text).length;
  const kept = new Set(after.map(({ path }) => path));
  return { added, changed, removed: before.filter(({ path }) => !kept.has(path)).length };
}

async function list(): Promise<number> {
  return withLocalDatabase(async ({ db }) => {
    const packs = Map.groupBy(await storedRules(db, defaultTenant), ({ path }) => path.split('/')[0] ?? '');
    const rows = [...packs].map(([name, files]) => [name, String(files.length)]);
    console.log(
      rows.length === 0 ? 'No packs were added; those that are shipped hold.' : table(['pack', 'files'], rows),
    );
    const off = (await ruleSettings(db, defaultTenant)).filter(({ enabled }) => !enabled);
    if (off.length > 0)
      console.log(
        `\n${table(
          ['disabled rule', 'reason'],
          off.map(({ ruleId, reason }) => [ruleId, reason]),
        )}`,
      );
    return 0;
  });
}

async function decide(ruleId: string, enabled: boolean, reason: string): Promise<number> {
  return withLocalDatabase(async ({ db }) => {
    const known = (await ruleSettings(db, defaultTenant)).find((setting) => setting.ruleId === ruleId);
    await changeRule(
      commandLineDb(db, 'settings.change'),
      { tenantId: defaultTenant, by, now: new Date() },
      { ruleId, enabled, windowMinutes: known?.windowMinutes ?? null, reason },
    );
    console.log(`Rule ${ruleId} is ${enabled ? 'enabled' : 'disabled'} from the next batch on.`);
    return 0;
  });
}

async function test(paths: readonly string[]): Promise<number> {
  const files = await readRuleFiles(paths);
  const { tested, faults } = await testSamples(files);
  for (const { path, reason } of faults) console.error(`${path}: ${reason}`);
  console.log(`${tested} of ${files.length} rule files have samples; ${faults.length} are wrong.`);
  return faults.length > 0 ? 1 : 0;
}
