import { evidenceOf, idOf } from './evidence.ts';

/** When, seen by which product's detection, naming what: one alert of a scenario. */
export type Step = [at: number, detection: string, evidence: string[], tactic?: string];

/** Alerts that belong into one incident; `null` for those that may be anywhere but in a story's incident. */
export type Story = { name: string | null; steps: Step[] };

export type Scenario = {
  name: string;
  /** Why the expected grouping is right. */
  why: string;
  stories: Story[];
};

/** A Graph alert with its true story. */
export type LabelledAlert = { story: string | null; record: { id: string; [field: string]: unknown } };

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Scenarios begin after ten days of ordinary life, on a Thursday morning. */
const start = Date.UTC(2026, 0, 15, 9);
const ordinaryDays = 10;

/** All alerts of a scenario in order of time, ordinary days first. The same bytes every time. */
export function alertsOf(scenario: Scenario): LabelledAlert[] {
  const steps = [{ name: null, steps: ordinary(scenario) }, ...scenario.stories].flatMap(({ name, steps }) =>
    steps.map((step) => ({ story: name, step })),
  );
  steps.sort((a, b) => a.step[0] - b.step[0]);
  return steps.map(({ story, step }, n) => ({ story, record: graphAlert(step, `${scenario.name} ${n}`) }));
}

/** What its devices, users and mailboxes do anyway: a low alert of the usual kind every day. */
function ordinary({ stories }: Scenario): Step[] {
  const names = stories.flatMap(({ steps }) => steps.flatMap(([, , evidence]) => evidence));
  const assets = [...new Set(names)].filter((name) => /^(device|user|mailbox):/.test(name));
  const others = Array.from({ length: 30 }, (_, n) => `device:office-${n}`);
  return [...assets, ...others].flatMap((asset, n) =>
    Array.from({ length: ordinaryDays }, (_, at): Step => {
      const time = (at - ordinaryDays) * day + ((7 * n) % 600) * minute;
      return [time, `posture/Outdated setting ${n % 3}`, [asset]];
    }),
  );
}

function graphAlert([at, detection, evidence, tactic]: Step, seed: string): LabelledAlert['record'] {
  const [product = '', title = ''] = detection.split('/');
  const time = new Date(start + at).toISOString();
  return {
    id: idOf(seed, 24),
    providerAlertId: idOf(seed, 16),
    status: 'new',
    title,
    severity: 'medium',
    category: tactic ?? 'SuspiciousActivity',
    serviceSource: product,
    detectionSource: product,
    productName: product,
    detectorId: detection,
    createdDateTime: time,
    firstActivityDateTime: time,
    lastActivityDateTime: time,
    mitreTechniques: [],
    evidence: evidence.map((short) => ({ createdDateTime: time, ...evidenceOf(short) })),
  };
}
