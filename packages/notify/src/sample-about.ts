import type { NoticeAbout } from '@throughline/model';

const at = '2026-01-31T09:41:53.000Z';

/** Invented events, for previews of an installation that has none yet. */
export const sampleAbout: { [Kind in NoticeAbout['kind']]: Extract<NoticeAbout, { kind: Kind }> } = {
  action: {
    kind: 'action',
    event: {
      source: 'manual',
      type: 'isolateDevice',
      status: 'completed',
      target: 'FIN-WS-07 (example)',
      deviceGroups: [0],
      by: 'ada',
      incidentId: 1042,
      at,
    },
  },
  report: {
    kind: 'report',
    event: {
      change: 'new',
      title: 'Phishing with QR codes (example)',
      type: 'technique',
      tags: ['Phishing'],
      summary: 'Mails carry a picture of a QR code instead of a link, so that filters read no address.',
      at,
    },
  },
  operations: {
    kind: 'operations',
    condition: 'sourceSilent',
    subject: 'suricata (example)',
    facts: { lastAt: '2026-01-31T05:10:00.000Z', limitMinutes: 240 },
    openedAt: at,
    closedAt: null,
  },
};
