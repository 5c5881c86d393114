import { type IncidentFacts, nameIncident } from '@throughline/correlate';
import type { AutomaticName } from '@throughline/store';

/** Names an incident anew from the facts that correlation keeps of it. */
export const automaticName: AutomaticName = (facts) => nameIncident(facts as IncidentFacts);
