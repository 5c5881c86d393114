import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type MailServerBody,
  mailServerBody,
  makeAlert,
  type NotificationRule,
  type NotificationRuleInput,
  notificationRuleBody,
  type Severity,
  severities,
} from '@throughline/model';
import {
  connect,
  createRule,
  type Db,
  everything,
  keysInFile,
  migrate,
  type SecretKeys,
  saveMailServer,
} from '@throughline/store';
import { freshDatabase } from '@throughline/store/testing';
import { readAllowList } from '../outbound/allow-list.ts';
import { type Notifier, type NotifierOptions, type NotifierPauses, startNotifier } from './notifier.ts';

export const tenantId = 'default';

/** Servers of tests stand on this machine. */
export const loopback = readAllowList('127.0.0.1').allow;

/** Pauses of tests: everything that takes minutes takes tens of milliseconds. */
export const quickPauses: NotifierPauses = { retry: [40], way: [40], patience: 60_000, poll: 50 };

/** A correlated alert as the pipeline commits it. */
export type PutAlert = {
  incidentId: number;
  severity?: Severity;
  title?: string;
  serviceSource?: string;
  detectionSource?: string;
  background?: boolean;
  /** Device groups it concerns; "no device" when left out. */
  groups?: number[];
  /** Incidents that this alert merges into its own. */
  merges?: number[];
  incident?: Partial<{ display_name: string; reason: string; custom_tags: string[]; categories: string[] }>;
};

/** A database with rules, and a hand that does what correlation does. */
export type World = {
  db: Db;
  url: string;
  keys: SecretKeys;
  keyFile: string;
  put(...alerts: PutAlert[]): Promise<void>;
  rule(body: Partial<NotificationRuleInput>): Promise<NotificationRule>;
  mailServer(port: number, change?: Partial<MailServerBody>): Promise<void>;
  notifier(options?: Partial<NotifierOptions>): Notifier;
  /** Deliveries by state. */
  states(): Promise<Record<string, number>>;
  stop(): Promise<void>;
};

/** A migrated database that every world of a test file is a copy of; it ends with the engines of the run. */
let template: Promise<string> | undefined;

async function migrated(): Promise<string> {
  const { databaseUrl } = await freshDatabase();
  await migrate(databaseUrl);
  return new URL(databaseUrl).pathname.slice(1);
}

export async function startWorld(): Promise<World> {
  template ??= migrated();
  const [database, folder] = await Promise.all([
    template.then((name) => freshDatabase({ template: name })),
    mkdtemp(join(tmpdir(), 'throughline-notify-')),
  ]);
  const db = connect(database.databaseUrl, { max: 12, log: console });
  const keyFile = join(folder, 'secrets.key');
  const keys = keysInFile(keyFile);
  const notifiers: Notifier[] = [];
  let made = 0;

  const world: World = {
    db,
    url: database.databaseUrl,
    keys,
    keyFile,
    async put(...alerts) {
      await db.transaction().execute(async (trx) => {
        for (const alert of alerts) await putAlert(trx, alert, `alert-${++made}`);
      });
    },
    rule: (body) =>
      createRule(
        db,
        everything(tenantId),
        notificationRuleBody.parse({
          name: `Rule ${++made}`,
          severities: ['medium', 'high'],
          recipients: ['ada@example.com'],
          quietMinutes: 0,
          ...body,
        }),
        // Before every incident of the test.
        { by: 'test', now: new Date(Date.now() - 60_000), author: null },
      ).then(({ rule }) => ({ ...rule, stopped: null })),
    async mailServer(port, change = {}) {
      const { secret: _, ...config } = mailServerBody.parse({
        host: '127.0.0.1',
        port,
        security: 'none',
        fromAddress: 'throughline@soc.example.com',
        ...change,
      });
      await saveMailServer(db, tenantId, { config, secretChanged: false, by: 'test', now: new Date() });
    },
    notifier(options = {}) {
      const notifier = startNotifier({
        db,
        log: { info() {}, warn() {}, error: console.error },
        clock: () => new Date(),
        keys,
        allow: loopback,
        portalUrl: 'https://soc.example.com',
        pauses: quickPauses,
        ...options,
      });
      notifiers.push(notifier);
      return notifier;
    },
    async states() {
      const rows = await db
        .selectFrom('notification_delivery')
        .select(['state', (eb) => eb.fn.countAll<number>().as('count')])
        .groupBy('state')
        .execute();
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
    async stop() {
      await Promise.all(notifiers.map((notifier) => notifier.stop()));
      await db.destroy();
      await Promise.all([database.drop(), rm(folder, { recursive: true, force: true })]);
    },
  };
  return world;
}

async function putAlert(trx: Db, alert: PutAlert, id: string): Promise<void> {
  const {
    incidentId,
    severity = 'high',
    title = id,
    serviceSource = 'suricata',
    detectionSource = 'ids',
    groups = [-1],
  } = alert;
  const now = new Date().toISOString();
  const rank = severities.indexOf(severity);
  await trx
    .insertInto('incident')
    .values({
      tenant_id: tenantId,
      id: incidentId,
      kind: alert.background ? 'background' : 'incident',
      display_name: `Incident name ${incidentId}`,
      severity: rank,
      priority_score: 50,
      factors: '[]',
      reason: 'Joined by a shared device',
      facts: '{}',
      alerts_total: 1,
      alerts_active: 1,
      devices: 1,
      first_activity: now,
      last_activity: now,
      ...alert.incident,
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'id']).doUpdateSet({ alerts_total: (eb) => eb('incident.alerts_total', '+', 1) }),
    )
    .execute();
  const merges = (alert.merges ?? []).map((from) => ({ from, into: incidentId }));
  const doc = makeAlert({
    id,
    tenantId,
    providerAlertId: id,
    title,
    serviceSource,
    detectorId: 'd',
    createdDateTime: now,
  });
  await trx
    .insertInto('alert')
    .values({
      tenant_id: tenantId,
      id,
      provider_alert_id: id,
      incident_id: incidentId,
      origin_incident_id: incidentId,
      batch_id: 1,
      source: 'test',
      content_hash: Buffer.from(id),
      title,
      severity: rank,
      status: 'new',
      classification: 'unknown',
      determination: 'unknown',
      tactic_mask: 0,
      service_source: serviceSource,
      detection_source: detectionSource,
      detector_id: 'd',
      device_groups: groups,
      first_activity: now,
      last_activity: now,
      created_at: now,
      doc: JSON.stringify(doc),
      observation: '{}',
      decision: JSON.stringify({ merges }),
    })
    .execute();
  for (const { from, into } of merges) {
    await trx
      .updateTable('incident')
      .set({ status: 'redirected', redirect_to: into })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', from)
      .execute();
  }
}

/** Waits until `holds` is true; fails after `ms`. */
export async function eventually(holds: () => Promise<boolean>, ms = 15_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
