import { type Alert, graphTypePrefix, makeAlert, type Severity, type Tactic } from '@throughline/model';

const hour = 3_600_000;
const noise: readonly [title: string, severity: Severity, tactic: Tactic | null][] = [
  ['Port scan', 'low', 'discovery'],
  ['Failed sign-in burst', 'low', 'credentialAccess'],
  ['TLS certificate expired', 'informational', null],
  ['Administrative share opened', 'low', 'lateralMovement'],
  ['PowerShell with encoded command', 'medium', 'execution'],
  ['New service installed', 'low', 'persistence'],
  ['DNS query of a young domain', 'low', 'commandAndControl'],
  ['Large upload', 'low', 'exfiltration'],
];
const attack: readonly [title: string, severity: Severity, tactic: Tactic][] = [
  ['Macro started a script', 'medium', 'execution'],
  ['Scheduled task for a script in a temporary folder', 'medium', 'persistence'],
  ['Credentials read from memory', 'high', 'credentialAccess'],
  ['Sign-in to many devices within minutes', 'high', 'lateralMovement'],
  ['Remote service created', 'high', 'lateralMovement'],
  ['Archive encrypted and staged', 'medium', 'collection'],
  ['Beacon at a steady interval', 'high', 'commandAndControl'],
  ['Data sent to an unknown storage site', 'high', 'exfiltration'],
];

export type GenerateOptions = { seed?: number; start?: number; stepMs?: number; prefix?: string };

/** {@link generateModelAlerts} as Microsoft Graph would send them: without the fields that are ours. */
export function* generateAlerts(count: number, options: GenerateOptions = {}): Generator<Record<string, unknown>> {
  for (const { tactics: _tactics, site: _site, ...graph } of generateModelAlerts(count, options)) yield graph;
}

/**
 * A made-up tenant's alerts in order of time: habitual noise on `count / 40` devices, some through hubs that touch all
 * of them, and among them one planted campaign for every 400 alerts. The same options give the same alerts. `start` is
 * ms UTC; alerts are `stepMs` apart.
 */
export function* generateModelAlerts(count: number, options: GenerateOptions = {}): Generator<Alert> {
  const { seed = 1, start = Date.UTC(2026, 0, 5), stepMs = 15_000, prefix = 'gen' } = options;
  const random = mulberry32(seed);
  const pick = (n: number) => Math.floor(random() * n);
  const devices = Math.max(20, Math.floor(count / 40));
  const running: { id: number; step: number; next: number; victims: number[] }[] = [];
  for (let n = 0, campaigns = 0; n < count; n++) {
    const at = start + n * stepMs;
    if (n % 400 === 50) {
      const victims = [pick(devices), pick(devices), pick(devices)];
      running.push({ id: campaigns++, step: 0, next: at, victims });
    }
    const due = running.find((campaign) => campaign.next <= at);
    const id = `${prefix}-${n}`;
    if (due) {
      const [title, severity, tactic] = attack[due.step % attack.length] as (typeof attack)[number];
      // Two footholds that nothing connects, until the third device shows the tools of both.
      const foothold = Math.min(2, Math.floor(due.step / 4));
      const victim = due.victims[foothold] ?? 0;
      const tools = foothold < 2 ? [foothold] : [0, 1];
      const extra = tools.flatMap((tool) => [
        fileOf(2 * due.id + tool),
        ipOf(`203.0.113.${(2 * due.id + tool) % 250}`),
      ]);
      yield alertOf({
        id,
        at,
        title,
        severity,
        tactic,
        detector: `attack-${due.step % attack.length}`,
        device: victim,
        extra,
      });
      due.next = at + Math.floor(random() * 0.2 * hour);
      if (++due.step === 12) running.splice(running.indexOf(due), 1);
      continue;
    }
    const kind = pick(noise.length);
    const [title, severity, tactic] = noise[kind] as (typeof noise)[number];
    // A device has its own few habits; a hub (resolver, proxy, scanner) is named by one noise alert in five.
    const device = (pick(devices / 4) * 4 + (kind % 4)) % devices;
    const extra = pick(5) === 0 ? [ipOf(`10.0.0.${1 + pick(3)}`)] : [];
    yield alertOf({ id, at, title, severity, tactic, detector: `noise-${kind}`, device, extra });
  }
}

function alertOf(a: {
  id: string;
  at: number;
  title: string;
  severity: Severity;
  tactic: Tactic | null;
  detector: string;
  device: number;
  extra: Alert['evidence'];
}): Alert {
  const time = new Date(a.at).toISOString();
  const host = `ws-${String(a.device).padStart(5, '0')}`;
  const user = `user${a.device % 997}`;
  return makeAlert({
    id: a.id,
    tenantId: 'default',
    providerAlertId: a.id,
    title: a.title,
    description: `${a.title} was seen on ${host}. The detection compares behaviour with what this device does otherwise.`,
    severity: a.severity,
    category: a.tactic ? a.tactic.charAt(0).toUpperCase() + a.tactic.slice(1) : null,
    tactics: a.tactic ? [a.tactic] : [],
    serviceSource: 'microsoftDefenderForEndpoint',
    detectionSource: 'microsoftDefenderForEndpoint',
    productName: 'Microsoft Defender for Endpoint',
    detectorId: a.detector,
    createdDateTime: time,
    evidence: [
      {
        '@odata.type': `${graphTypePrefix}deviceEvidence`,
        createdDateTime: time,
        verdict: 'unknown',
        mdeDeviceId: `${host}-0f3c5a9e`,
        deviceDnsName: `${host}.corp.example`,
        osPlatform: 'Windows11',
        roles: ['attacked'],
      },
      {
        '@odata.type': `${graphTypePrefix}userEvidence`,
        verdict: 'unknown',
        userAccount: { accountName: user, domainName: 'corp', userPrincipalName: `${user}@corp.example` },
      },
      ...a.extra,
    ],
  });
}

function fileOf(campaign: number): Alert['evidence'][number] {
  const sha256 = (campaign + 1).toString(16).padStart(64, 'a7');
  return {
    '@odata.type': `${graphTypePrefix}fileEvidence`,
    verdict: 'malicious',
    fileDetails: { fileName: `payload-${campaign}.exe`, sha256 },
  };
}

function ipOf(ipAddress: string): Alert['evidence'][number] {
  return { '@odata.type': `${graphTypePrefix}ipEvidence`, verdict: 'suspicious', ipAddress };
}

/** Seeded random numbers in [0, 1). */
export function mulberry32(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
