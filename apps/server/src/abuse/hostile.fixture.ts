import { type EvidenceTypeName, evidenceSchema, evidenceShapes, graphTypePrefix } from '@throughline/model';
import { readSchema, sampleOf } from './every-route.fixture.ts';

/** Texts that break out of whatever they are put into: the one set that goes through every field. */
export const hostileTexts: readonly string[] = [
  '<script>window.hacked=1</script>',
  '"><img src=x onerror="window.hacked=1" data-hacked>',
  "' onmouseover=window.hacked=1 autofocus onfocus=window.hacked=1 data-hacked='",
  '</title></textarea></style><svg onload=window.hacked=1 data-hacked>',
  'javascript:window.hacked=1',
  'https://evil.example/<b data-hacked>',
  '\u202Egnp.exe\u202C\u2066x\u2069',
  'a\0b',
  '\uD800 lone \uDFFF',
  `{{7*7}} \${7*7} <%= 7*7 %> #{7*7} {{constructor.constructor('return process')()}}`,
  `=cmd|'/c calc'!A1`,
  '+1+1',
  '-1-1',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  'a\r\nSet-Cookie: hacked=1\r\n\r\n{"level":60,"msg":"forged"}',
  '\u001b[31mred\u001b]0;title\u0007\u009b31m',
  'a\u2028b\u2029c\u0085d',
  '__proto__',
  "' OR 1=1; drop table incident; --",
  '../../../../etc/passwd',
  '%s%n%x',
  'x'.repeat(2000),
];

/** An alert whose every text is `text`, with every kind of evidence there is. `n` tells alerts apart. */
export function hostileAlert(text: string, n: number): Record<string, unknown> {
  const kinds = Object.keys(evidenceShapes) as EvidenceTypeName[];
  return {
    '@odata.type': '#microsoft.graph.security.alert',
    id: `hostile-${n}`,
    severity: 'high',
    createdDateTime: '2026-03-02T10:15:30Z',
    ...Object.fromEntries(
      [
        'title',
        'description',
        'category',
        'serviceSource',
        'detectionSource',
        'productName',
        'detectorId',
        'assignedTo',
        'actorDisplayName',
        'threatDisplayName',
        'threatFamilyName',
        'recommendedActions',
        'alertWebUrl',
        'alertPolicyId',
        'investigationState',
        'incidentWebUrl',
        'somethingNew',
      ].map((field) => [field, text]),
    ),
    mitreTechniques: [text],
    systemTags: [text],
    customDetails: { [text.slice(0, 100)]: text },
    comments: [{ comment: text, createdByDisplayName: text, createdDateTime: '2026-03-02T10:20:00Z' }],
    evidence: [
      ...kinds.map((kind) => filled(kind, text)),
      { '@odata.type': '#microsoft.graph.security.unheardEvidence', [text.slice(0, 100)]: text },
    ],
  };
}

function filled(kind: EvidenceTypeName, text: string): Record<string, unknown> {
  const schema = readSchema(evidenceSchema(kind));
  const put = (value: unknown): unknown => {
    if (typeof value === 'string') return text;
    if (Array.isArray(value)) return value.map(put);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, put(each)]));
  };
  return { ...(put(sampleOf(schema)) as object), '@odata.type': graphTypePrefix + kind };
}

/** How a set of requests is sent; the answer's status and JSON. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
export type Send = (method: string, path: string, body?: unknown) => Promise<{ status: number; json: any }>;

/**
 * Puts every hostile text into every field that people fill in, and sends alerts made of it. Returns how many were
 * taken: the rest was refused with 400, and anything else throws.
 */
export async function plantHostile(send: Send): Promise<{ taken: number; refused: number }> {
  let [taken, refused] = [0, 0];
  const put = async (method: string, path: string, body: unknown) => {
    const { status, json } = await send(method, path, body);
    if (status >= 500 || ![200, 201, 202, 204, 400, 404, 409].includes(status)) throw new Error(`${path}: ${status}`);
    if (status < 300) taken++;
    else refused++;
    return json;
  };
  const alerts = hostileTexts.map((text, n) => hostileAlert(text, n));
  await put('POST', '/api/intake/graph', alerts);
  for (const [n, text] of hostileTexts.entries()) {
    const cut = (most: number) => text.slice(0, most);
    const unique = (most: number) => `${text.slice(0, most - 4)}${n}`;
    await put('POST', '/api/accounts', { userName: unique(100), displayName: cut(100), role: 'reader' });
    await put('POST', '/api/tokens', { name: cut(100), scopes: ['read'], expiresInDays: 1 });
    await put('POST', '/api/service-accounts', { userName: unique(60), displayName: cut(100), role: 'reader' });
    await put('POST', '/api/invitations', {
      userName: unique(100),
      displayName: cut(100),
      role: 'reader',
      note: cut(200),
    });
    await put('POST', '/api/user-groups', { name: unique(60) });
    await put('POST', '/api/roles', { name: unique(60), description: cut(200), grants: ['securityDataBasics.read'] });
    await put('POST', '/api/device-groups', {
      name: unique(60),
      description: cut(200),
      remediation: 'none',
      rule: { conditions: [{ property: 'name', operator: 'startsWith', values: [cut(60)] }] },
    });
    await put('POST', '/api/notifications/rules', {
      name: unique(60),
      description: cut(200),
      severities: ['high'],
      recipients: ['ada@example.com'],
      sources: [{ serviceSource: cut(100), detectionSource: cut(100), severities: null }],
    });
    await put('POST', '/api/notifications/webhooks', { name: unique(60), url: 'https://example.com/hook' });
    await put('POST', '/api/notifications/policies', {
      name: unique(60),
      steps: [{ afterMinutes: 5, mails: ['ada@example.com'] }],
    });
    await put('POST', '/api/notifications/schedules', {
      name: unique(60),
      timeZone: 'Europe/Berlin',
      firstDay: '2026-03-02',
      handover: '08:00',
      every: 'week',
      people: [{ name: cut(60), mail: 'ada@example.com' }],
    });
    await put('POST', '/api/sign-in/providers', {
      name: unique(60),
      issuer: 'https://id.example.com',
      clientId: cut(100),
      clientSecret: null,
    });
  }
  return { taken, refused };
}

/** Renames, tags, comments and classifies the incidents there are with the hostile texts, one each. */
export async function plantOnIncidents(send: Send, ids: readonly number[]): Promise<void> {
  for (const [n, text] of hostileTexts.entries()) {
    const id = ids[n % ids.length];
    const change = {
      displayName: text.slice(0, 300),
      customTags: [text.slice(0, 100)],
      comment: text.slice(0, 30_000),
    };
    const { status } = await send('PATCH', `/api/incidents/${id}`, change);
    if (![200, 400].includes(status)) throw new Error(`incident ${id}: ${status}`);
    await send('POST', `/api/incidents/${id}/comments`, { comment: text.slice(0, 30_000) });
  }
}
