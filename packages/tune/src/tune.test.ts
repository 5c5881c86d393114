import {
  type Alert,
  alertProperties,
  type Evidence,
  evidenceProperties,
  makeAlert,
  makeEvidence,
  type TuningAction,
  type TuningCondition,
  type TuningGroup,
  type TuningTrigger,
  triggerOf,
} from '@throughline/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRules, type TuneRule } from './compile.ts';
import { compileConditions } from './evaluate.ts';
import { alertWords, facetsOf } from './facets.ts';
import { subjectOf, tune } from './tune.ts';

const alert = (more: Partial<Alert> = {}): Alert =>
  makeAlert({
    id: 'a',
    tenantId: 't',
    providerAlertId: 'p',
    title: 'Suspicious PowerShell',
    serviceSource: 'edr',
    detectorId: 'ps-1',
    createdDateTime: '2026-01-01T00:00:00.000Z',
    ...more,
  });
const rule = (more: Partial<TuneRule>, mark: { ruleId?: number; action?: TuningAction } = {}): TuneRule => ({
  mark: {
    ruleId: 1,
    version: 1,
    name: 'r',
    action: 'hide',
    by: 'ada',
    comment: '',
    classification: 'unknown',
    determination: 'unknown',
    ...mark,
  },
  alertType: null,
  deviceGroups: null,
  trigger: null,
  conditions: { match: 'all', items: [] },
  ...more,
});
const all = (...items: TuningGroup['items']): TuningGroup => ({ match: 'all', items });
const is = (property: TuningCondition['property'], ...values: string[]): TuningCondition => ({
  property,
  operator: 'isAnyOf',
  values,
});
const holds = (group: TuningGroup, subject: Alert, trigger: TuningTrigger | null = null) =>
  compileConditions(group, trigger)(subjectOf(subject));

const process = (fileName: string, processCommandLine: string): Evidence =>
  makeEvidence('processEvidence', { processCommandLine, imageFile: { fileName } });

describe('conditions of one evidence', () => {
  const two = alert({ evidence: [process('cmd.exe', 'whoami'), process('updater.exe', '/quiet')] });
  const mixed = all(is('process.name', 'CMD.EXE'), is('process.commandLine', '/quiet'));

  test('hold on any evidence each without a trigger', () => {
    expect(holds(mixed, two)).toBe(true);
  });

  test('hold on one evidence with a trigger', () => {
    expect(holds(mixed, two, 'process')).toBe(false);
    expect(holds(all(is('process.name', 'updater.exe'), is('process.commandLine', '/QUIET')), two, 'process')).toBe(
      true,
    );
  });

  test('a trigger wants evidence of its kind', () => {
    expect(holds(all(is('title', 'suspicious powershell')), alert(), 'file')).toBe(false);
  });
});

test.each<[TuningCondition['property'], TuningCondition['operator'], string, Evidence]>([
  ['device.name', 'endsWith', '.Lab.example', makeEvidence('deviceEvidence', { deviceDnsName: 'pc7.lab.example' })],
  ['device.tag', 'equals', 'Kiosk', makeEvidence('deviceEvidence', { tags: ['kiosk'] })],
  ['device.group', 'equals', 'servers', makeEvidence('deviceEvidence', { rbacGroupName: 'Servers' })],
  [
    'user.upn',
    'startsWith',
    'ada@',
    makeEvidence('userEvidence', { userAccount: { userPrincipalName: 'Ada@x.example' } }),
  ],
  [
    'user.name',
    'equals',
    'corp\\ada',
    makeEvidence('userEvidence', { userAccount: { accountName: 'ada', domainName: 'CORP' } }),
  ],
  [
    'file.path',
    'wildcard',
    'c:\\*\\setup?.exe',
    makeEvidence('fileEvidence', { fileDetails: { filePath: 'C:\\tmp', fileName: 'setup1.exe' } }),
  ],
  ['file.hash', 'equals', 'AB12', makeEvidence('fileEvidence', { fileDetails: { sha256: 'ab12' } })],
  [
    'process.parent',
    'equals',
    'explorer.exe',
    makeEvidence('processEvidence', { parentProcessImageFile: { fileName: 'explorer.exe' } }),
  ],
  ['ip.address', 'inNetwork', '10.0.0.0/8', makeEvidence('ipEvidence', { ipAddress: '10.2.3.4' })],
  ['url.domain', 'equals', 'bad.example', makeEvidence('urlEvidence', { url: 'https://user@bad.example:8443/x' })],
  [
    'mail.sender',
    'contains',
    '@news.',
    makeEvidence('analyzedMessageEvidence', { p1Sender: { emailAddress: 'a@news.example' } }),
  ],
  ['cloudResource.name', 'equals', 'backups', makeEvidence('amazonResourceEvidence', { resourceName: 'backups' })],
  [
    'registry.key',
    'startsWith',
    'hklm\\software',
    makeEvidence('registryKeyEvidence', { registryHive: 'HKLM', registryKey: 'Software\\Run' }),
  ],
])('%s %s %s', (property, operator, value, evidence) => {
  const condition = all({ property, operator, values: [value] });
  expect(holds(condition, alert({ evidence: [evidence] }))).toBe(true);
  expect(holds(condition, alert())).toBe(false);
});

// The definition: a tree judged for each evidence of the trigger in turn, equality only.
function naive(group: TuningGroup, subject: Alert, trigger: TuningTrigger | null): boolean {
  const facets = facetsOf(subject);
  const judge = (item: TuningGroup['items'][number], at: number): boolean => {
    if ('items' in item) {
      const verdicts = item.items.map((each) => judge(each, at));
      return item.match === 'all' ? !verdicts.includes(false) : verdicts.includes(true);
    }
    const kind = triggerOf(item.property);
    const words =
      kind === null
        ? alertWords(subject, item.property as 'title')
        : (kind === trigger ? [facets[at]] : facets).flatMap(
            (facet) => facet?.words[item.property as 'file.name'] ?? [],
          );
    return words.some((said) => item.values.some((value) => value.toLowerCase() === said));
  };
  if (trigger === null) return judge(group, -1);
  return facets.some((facet, at) => facet.kind === trigger && judge(group, at));
}

const word = fc.constantFrom('a', 'B', 'c');
const condition = fc.record<TuningCondition>({
  property: fc.constantFrom(...alertProperties, ...evidenceProperties),
  operator: fc.constant('isAnyOf'),
  values: fc.array(word, { minLength: 1, maxLength: 2 }),
});
const match = fc.constantFrom('all' as const, 'any' as const);
const lowest = fc.record<TuningGroup>({ match, items: fc.array(condition, { minLength: 1, maxLength: 3 }) });
const middle = fc.record<TuningGroup>({
  match,
  items: fc.array(fc.oneof(condition, lowest), { minLength: 1, maxLength: 3 }),
});
const tree = fc.record<TuningGroup>({ match, items: fc.array(fc.oneof(condition, middle), { maxLength: 4 }) });
const evidence = fc.oneof(
  fc.tuple(word, word).map(([name, line]) => process(name, line)),
  fc.tuple(word, word).map(([fileName, sha1]) => makeEvidence('fileEvidence', { fileDetails: { fileName, sha1 } })),
  word.map((hostName) => makeEvidence('deviceEvidence', { hostName })),
  fc
    .tuple(word, word)
    .map(([accountName, userPrincipalName]) =>
      makeEvidence('userEvidence', { userAccount: { accountName, userPrincipalName } }),
    ),
);
const subjects = fc
  .record({ title: word, detectorId: word, category: word, evidence: fc.array(evidence, { maxLength: 5 }) })
  .map(alert);
const trigger = fc.constantFrom<TuningTrigger | null>(null, 'process', 'file', 'user');

test('a tree says what the definition says', () => {
  fc.assert(
    fc.property(tree, subjects, trigger, (group, subject, kind) => {
      expect(holds(group, subject, kind)).toBe(naive(group, subject, kind));
    }),
    { numRuns: 2_000 },
  );
});

test('rules that are looked up decide as rules asked one by one', () => {
  const some = fc.array(
    fc.record({
      conditions: tree,
      trigger,
      action: fc.constantFrom<TuningAction>('resolve', 'hide', 'behaviour'),
      typed: fc.boolean(),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(some, subjects, (list, subject) => {
      const rules = list.map(({ action, typed, ...about }, at) =>
        rule(
          { ...about, alertType: typed ? { serviceSource: 'EDR', detectorId: 'A' } : null },
          { ruleId: at + 1, action },
        ),
      );
      const order = ['hide', 'behaviour', 'resolve'];
      const [expected] = rules
        .filter((each) => each.alertType === null || subject.detectorId.toLowerCase() === 'a')
        .filter((each) => naive(each.conditions, subject, each.trigger))
        .sort((a, b) => order.indexOf(a.mark.action) - order.indexOf(b.mark.action));
      expect(tune(compileRules(rules), subject, () => [])).toBe(expected?.mark ?? null);
      expect(tune(compileRules([...rules].reverse()), subject, () => [])).toBe(expected?.mark ?? null);
    }),
    { numRuns: 1_000 },
  );
});

test('however rules are looked up, and whatever they ask, they decide as rules asked one by one', () => {
  const text = fc.stringMatching(/^[ab.]{1,5}$/);
  const anyCondition = fc.record<TuningCondition>({
    property: fc.constantFrom('title', 'category', 'process.name', 'process.commandLine', 'device.name', 'file.name'),
    operator: fc.constantFrom('equals', 'isAnyOf', 'contains', 'startsWith', 'endsWith', 'wildcard'),
    values: fc.array(fc.oneof(text, fc.stringMatching(/^[ab*?]{1,5}$/)), { minLength: 1, maxLength: 2 }),
  });
  const group = fc.record<TuningGroup>({ match, items: fc.array(anyCondition, { minLength: 1, maxLength: 3 }) });
  const conditions = fc.record<TuningGroup>({
    match,
    items: fc.array(fc.oneof(anyCondition, group), { maxLength: 3 }),
  });
  const list = fc.array(fc.record({ conditions, trigger, typed: fc.boolean() }), { minLength: 1, maxLength: 14 });
  const subject = fc
    .record({
      title: text,
      detectorId: fc.constantFrom('a', 'b'),
      category: text,
      evidence: fc.array(
        fc.oneof(
          fc.tuple(text, text).map(([name, line]) => process(name, line)),
          text.map((hostName) => makeEvidence('deviceEvidence', { hostName })),
        ),
        { maxLength: 3 },
      ),
    })
    .map(alert);
  let found = 0;
  fc.assert(
    fc.property(list, subject, (some, one) => {
      const rules = some.map(({ typed, ...about }, at) =>
        rule({ ...about, alertType: typed ? { serviceSource: 'edr', detectorId: 'A' } : null }, { ruleId: at + 1 }),
      );
      const expected = rules.find(
        (each) => (each.alertType === null || one.detectorId === 'a') && holds(each.conditions, one, each.trigger),
      );
      if (expected !== undefined) found++;
      expect(tune(compileRules(rules), one, () => [])).toBe(expected?.mark ?? null);
    }),
    { numRuns: 3_000 },
  );
  expect(found).toBeGreaterThan(500);
});

test('a rule about device groups wants every device of the alert in them', () => {
  const rules = compileRules([rule({ deviceGroups: [1, 2], conditions: all(is('product', 'x')) })]);
  const subject = alert({ productName: 'X' });
  const applies = (...groups: number[]) => tune(rules, subject, () => groups) !== null;
  expect([applies(1), applies(1, 2), applies(1, 3), applies(-1), applies()]).toEqual([true, true, false, false, false]);
});

test('evidence of any shape is harmless', () => {
  const types = fc.constantFrom(
    'deviceEvidence',
    'processEvidence',
    'ipEvidence',
    '__proto__',
    'constructor',
    'toString',
  );
  const hostile = fc
    .tuple(
      types,
      fc.dictionary(
        fc.constantFrom('imageFile', 'ipAddress', 'tags', 'userAccount', 'ipInterfaces', '__proto__'),
        fc.anything(),
      ),
    )
    .map(([type, fields]) => ({ ...fields, '@odata.type': `#microsoft.graph.security.${type}` }) as Evidence);
  fc.assert(
    fc.property(fc.array(hostile), tree, trigger, (list, group, kind) => {
      expect(typeof holds(group, alert({ evidence: list }), kind)).toBe('boolean');
    }),
  );
});
