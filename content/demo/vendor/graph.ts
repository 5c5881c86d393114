import { company } from '../cast/people.ts';
import { after } from '../clock.ts';
import type { Entry } from '../entry.ts';
import { guid } from '../stable-id.ts';
import type { GraphEvidence } from './graph-evidence.ts';

/** Products that report through Microsoft Graph: service source, detection source, product name. */
const products = {
  office: ['microsoftDefenderForOffice365', 'microsoftDefenderForOffice365', 'Microsoft Defender for Office 365'],
  endpoint: ['microsoftDefenderForEndpoint', 'microsoftDefenderForEndpoint', 'Microsoft Defender for Endpoint'],
  antivirus: ['microsoftDefenderForEndpoint', 'antivirus', 'Microsoft Defender for Endpoint'],
  identity: ['microsoftDefenderForIdentity', 'microsoftDefenderForIdentity', 'Microsoft Defender for Identity'],
  cloudApps: ['microsoftDefenderForCloudApps', 'cloudAppSecurity', 'Microsoft Defender for Cloud Apps'],
  entra: ['azureAdIdentityProtection', 'azureAdIdentityProtection', 'Microsoft Entra ID Protection'],
  appGovernance: ['microsoftAppGovernance', 'appGovernanceDetection', 'Microsoft App Governance'],
  xdr: ['microsoft365Defender', 'microsoft365Defender', 'Microsoft Defender XDR'],
  dlp: ['dataLossPrevention', 'microsoftDataLossPrevention', 'Microsoft Data Loss Prevention'],
} as const;

export type GraphAlert = {
  id: string;
  product: keyof typeof products;
  time: Date;
  /** Seconds of activity before `time`; 60 when left out. */
  lasted?: number;
  title: string;
  description: string;
  severity: 'informational' | 'low' | 'medium' | 'high';
  /** Graph's category: a tactic in Pascal case, or a product's own word. */
  category: string;
  techniques?: string[];
  recommended?: string;
  evidence: GraphEvidence[];
};

/** An alert as `GET /security/alerts_v2` lists it. The detector's id follows from product and title, as a rule's does. */
export function graphAlert(alert: GraphAlert): Entry {
  const [serviceSource, detectionSource, productName] = products[alert.product];
  const created = alert.time.toISOString();
  const record = {
    '@odata.type': '#microsoft.graph.security.alert',
    id: alert.id,
    providerAlertId: alert.id,
    incidentId: null,
    status: 'new',
    severity: alert.severity,
    classification: 'unknown',
    determination: 'unknown',
    serviceSource,
    detectionSource,
    productName,
    detectorId: guid(`detector ${alert.product} ${alert.title}`),
    tenantId: company.tenantId,
    title: alert.title,
    description: alert.description,
    recommendedActions: alert.recommended ?? '',
    category: alert.category,
    assignedTo: null,
    alertWebUrl: null,
    incidentWebUrl: null,
    actorDisplayName: null,
    threatDisplayName: null,
    threatFamilyName: null,
    mitreTechniques: alert.techniques ?? [],
    createdDateTime: created,
    firstActivityDateTime: after(alert.time, -(alert.lasted ?? 60)).toISOString(),
    lastActivityDateTime: created,
    lastUpdateDateTime: created,
    resolvedDateTime: null,
    comments: [],
    evidence: alert.evidence.map((evidence) => ({ ...evidence, createdDateTime: created })),
  };
  return { feed: 'graph', id: alert.id, time: alert.time, line: JSON.stringify(record) };
}
