import { type CorrelationConfig, Correlator, defaultConfig, observe } from '@throughline/correlate';
import { formatNamed } from '@throughline/intake';
import { IdentityIndex } from '@throughline/model';
import { alertsOf, type Scenario } from './scenario.ts';

/** What became of a story: the incidents its alerts are in, and the foreign alerts in them. */
export type StoryOutcome = { story: string; alerts: number; incidents: number; foreign: string[] };

/** Runs a scenario through intake and correlation. A story came out exactly when it has one incident and nothing foreign. */
export function correlateScenario(scenario: Scenario, config: CorrelationConfig = defaultConfig): StoryOutcome[] {
  const graph = formatNamed('graph');
  if (!graph) throw new Error('intake reads no Graph alerts');
  const identities = new IdentityIndex();
  const correlator = new Correlator(config);
  const labelled = alertsOf(scenario).map(({ story, record }) => {
    const [outcome] = graph.read(record, { tenantId: 'bench', now: new Date(Date.UTC(2026, 1, 1)) });
    if (!outcome || !('alert' in outcome)) throw new Error(`${scenario.name}: alert ${record.id} was not read`);
    const { observation, mentions } = observe(outcome.alert, identities);
    for (const { resolution } of mentions)
      for (const absorbed of resolution.absorbed) correlator.absorb(absorbed, resolution.id);
    correlator.decide(observation);
    return { story, observation };
  });
  const incidents = Map.groupBy(labelled, ({ observation }) => correlator.incidentOf(observation.alertId));
  const stories = new Set(labelled.flatMap(({ story }) => (story === null ? [] : [story])));
  return [...stories].map((story) => {
    const touched = [...incidents.values()].filter((alerts) => alerts.some((alert) => alert.story === story));
    const foreign = touched.flat().filter((alert) => alert.story !== story);
    return {
      story,
      alerts: labelled.filter((alert) => alert.story === story).length,
      incidents: touched.length,
      foreign: foreign.map(({ observation }) => observation.title),
    };
  });
}
