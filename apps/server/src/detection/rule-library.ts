import { existsSync } from 'node:fs';
import { basename, relative, sep } from 'node:path';
import { type RuleFault, type RuleFile, type RuleHead, readRules, type SigmaRule } from '@throughline/detect';
import { type Db, rulesVersion, storedRules } from '@throughline/store';
import { readRuleFiles } from '../detect/rule-files.ts';

/** A rule for people to see: what it says of itself, and the text it was read from. */
export type KnownRule = {
  head: RuleHead;
  kind: 'rule' | 'correlation';
  logSource: string;
  origin: 'disk' | 'pack';
  /** Within its pack or its folder, whose name comes first. */
  path: string;
  text: string;
};

/** All rules of a tenant by id, whether they are used or not, and those that cannot be. */
export type KnownRules = { rules: ReadonlyMap<string, KnownRule>; faults: readonly RuleFault[] };

/** Gives the rules of a tenant; see {@link ruleLibrary}. */
export type RuleLibrary = (tenantId: string) => Promise<KnownRules>;

type Kept = { version: string; own: string; known: KnownRules };

/** Files read before other work may run. */
const breathEvery = 20;

/**
 * The rules of tenants as people see them. They are read, not compiled, and read again only when a tenant's packs change;
 * files on disk are read once, as the work on telemetry does.
 */
export function ruleLibrary(db: Db, folders: readonly string[], clock: () => Date): RuleLibrary {
  let onDisk: Promise<RuleFile[]> | undefined;
  const kept = new Map<string, Kept>();
  const reading = new Map<string, Promise<KnownRules>>();

  async function read(tenantId: string): Promise<KnownRules> {
    const version = await rulesVersion(db, tenantId, clock());
    const before = kept.get(tenantId);
    if (before?.version === version) return before.known;
    onDisk ??= readRuleFiles(folders.filter((folder) => existsSync(folder)));
    const files = await onDisk.catch((error: unknown) => {
      onDisk = undefined;
      throw error;
    });
    const stored = await storedRules(db, tenantId);
    const own = JSON.stringify(stored);
    const known = before?.own === own ? before.known : await knownRules(stored, files, folders);
    kept.set(tenantId, { version, own, known });
    return known;
  }

  return (tenantId) => {
    const under = reading.get(tenantId);
    if (under !== undefined) return under;
    const begun = read(tenantId).finally(() => reading.delete(tenantId));
    reading.set(tenantId, begun);
    return begun;
  };
}

async function knownRules(
  stored: readonly RuleFile[],
  files: readonly RuleFile[],
  folders: readonly string[],
): Promise<KnownRules> {
  const rules = new Map<string, KnownRule>();
  const faults: RuleFault[] = [];
  const all = [
    ...stored.map((file) => ({ file, origin: 'pack' as const, path: file.path })),
    ...files.map((file) => ({ file, origin: 'disk' as const, path: pathWithin(folders, file.path) })),
  ];
  for (const [index, { file, origin, path }] of all.entries()) {
    if (index % breathEvery === breathEvery - 1) await new Promise(setImmediate);
    const set = readRules([file]);
    faults.push(
      ...set.faults.map((fault) => ({ ...fault, path, reason: fault.reason.replaceAll(file.path, () => path) })),
    );
    for (const rule of [...set.rules, ...set.correlations]) {
      const { id, line, title } = rule;
      const first = rules.get(id);
      if (first === undefined) {
        const logSource = rule.kind === 'rule' ? sourceWords(rule) : '';
        rules.set(id, { head: rule, kind: rule.kind, logSource, origin, path, text: file.text });
      } else {
        const reason = `the id ${id} belongs to "${first.head.title}" in ${first.path} already`;
        faults.push({ path, line, reason, ruleId: id, title });
      }
    }
  }
  return { rules, faults };
}

function sourceWords({ logSource: { product, category, service } }: SigmaRule): string {
  return [product, category, service].filter((part) => part !== undefined).join(' · ');
}

/** A file's path below the folder it was found in, the folder's name first: no address of this machine is told. */
function pathWithin(folders: readonly string[], path: string): string {
  const folder = folders.find((each) => path.startsWith(each.endsWith(sep) ? each : each + sep));
  return folder === undefined ? basename(path) : `${basename(folder)}/${relative(folder, path).split(sep).join('/')}`;
}
