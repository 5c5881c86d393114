import { bkp01, dc01, engWs03, finWs07, finWs11, fs01, hlpWs02 } from './cast/devices.ts';
import { backupService, company, jana, mira, noor, tomas, viktor } from './cast/people.ts';
import { clockEndingAt } from './clock.ts';
import { attackEntries, backgroundEntries } from './entries.ts';

const at = clockEndingAt(new Date(0));
const attack = attackEntries(at);
const background = backgroundEntries(at);

/** What the demo must become: one incident of the attack's alerts and nothing else. */
export const demoExpectation = {
  attackAlerts: attack.length,
  backgroundAlerts: background.length,
  /** What the detections we ship say of its Windows logs: all of the attack, nothing of ordinary days. */
  detectionAlerts: 29,
  /** The domain that all its devices are in, and no real one. */
  domain: company.adDomain,
  /** Short names of the attack's devices. */
  devices: [finWs07, finWs11, hlpWs02, engWs03, fs01, bkp01, dc01].map((device) => device.name),
  /** Principal names of the people and accounts in it. */
  users: [mira, tomas, jana, backupService, viktor, noor].map((person) => person.upn),
  mailboxes: [mira.upn, tomas.upn],
  /** What {@link demoIdOf} gives for each alert of the attack. */
  attackIds: new Set(attack.map((entry) => entry.id)),
  backgroundIds: new Set(background.map((entry) => entry.id)),
};

/**
 * The name by which the demo knows an alert that was read from it: the product's id; for Suricata, which gives none, the
 * number of the flow.
 */
export function demoIdOf(alert: { providerAlertId: string; additionalData: Record<string, unknown> }): string {
  const flow = alert.additionalData.flow_id;
  return flow === undefined ? alert.providerAlertId : String(flow);
}
