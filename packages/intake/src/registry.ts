import { aminer } from './format/aminer.ts';
import { cef } from './format/cef.ts';
import { crowdstrike } from './format/crowdstrike.ts';
import { defenderXdr } from './format/defender-xdr.ts';
import { elastic } from './format/elastic.ts';
import { falco } from './format/falco.ts';
import { graph } from './format/graph.ts';
import { leef } from './format/leef.ts';
import { ocsf } from './format/ocsf.ts';
import { sentinel } from './format/sentinel.ts';
import { suricata } from './format/suricata.ts';
import { telemetryFormats } from './format/telemetry.ts';
import { wazuh } from './format/wazuh.ts';
import type { IntakeFormat } from './outcome.ts';
import { telemetryFormats as readable } from './telemetry/telemetry-registry.ts';

/** Formats that hold alerts. The order decides where two recognise one record. */
export const alertFormats: readonly IntakeFormat[] = [
  suricata,
  graph,
  defenderXdr,
  wazuh,
  ocsf,
  elastic,
  sentinel,
  aminer,
  crowdstrike,
  falco,
  cef,
  leef,
];

/** Every format, alerts before telemetry. */
export const formats: readonly IntakeFormat[] = [...alertFormats, ...telemetryFormats];

/** Telemetry that `readTelemetry` reads and that no format above is named after. */
const furtherTelemetry: readonly IntakeFormat[] = readable
  .filter(({ name }) => !formats.some((format) => format.name === name))
  .map(({ name, about, recognises }) => ({
    name,
    about,
    recognises,
    read: () => [{ reject: { reason: 'telemetryNotStored', detail: `${about}: telemetry, not alerts` } }],
  }));

/** The format of that name, or `undefined`. Names are compared without regard to case. */
export function formatNamed(name: string): IntakeFormat | undefined {
  const wanted = name.toLowerCase();
  return [...formats, ...furtherTelemetry].find((format) => format.name.toLowerCase() === wanted);
}

/** The first format that recognises `record`, or `undefined`. */
export function recognise(record: unknown, among: readonly IntakeFormat[] = formats): IntakeFormat | undefined {
  for (const format of among) if (format.recognises(record)) return format;
  return undefined;
}

/** What intake reads, for help texts: name, one line, and whether it holds alerts. */
export const recogniseAll: readonly { name: string; about: string; alerts: boolean }[] = [
  ...formats,
  ...furtherTelemetry,
].map((format) => ({
  name: format.name,
  about: alertFormats.includes(format) ? format.about : (aboutTelemetry(format.name) ?? format.about),
  alerts: alertFormats.includes(format),
}));

function aboutTelemetry(name: string): string | undefined {
  return readable.find((format) => format.name === name)?.about;
}
