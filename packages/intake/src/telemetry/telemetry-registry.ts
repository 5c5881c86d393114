import { azureActivity } from './cloud/azure-activity.ts';
import { cloudtrail } from './cloud/cloudtrail.ts';
import { entra } from './cloud/entra.ts';
import { entraRisk } from './cloud/entra-risk.ts';
import { googleCloudAudit } from './cloud/google-cloud.ts';
import { kubernetesAudit } from './cloud/kubernetes.ts';
import { office } from './cloud/office.ts';
import { okta } from './cloud/okta.ts';
import { defenderEndpointRaw } from './endpoint/defender-endpoint-raw.ts';
import { falcon } from './endpoint/falcon.ts';
import { huntingRow } from './hunting-row.ts';
import { auditd } from './linux/auditd.ts';
import { syslog } from './linux/syslog.ts';
import { commonSecurityLog } from './network/common-security-log.ts';
import { suricataEvent } from './network/suricata-event.ts';
import { zeek } from './network/zeek.ts';
import { osquery } from './osquery.ts';
import type { TelemetryFormat } from './telemetry.ts';
import { windowsEvent } from './windows/windows.ts';

/** Formats that hold telemetry. The order decides where two recognise one record. */
export const telemetryFormats: readonly TelemetryFormat[] = [
  windowsEvent,
  suricataEvent,
  zeek,
  huntingRow,
  cloudtrail,
  entraRisk,
  entra,
  azureActivity,
  office,
  okta,
  osquery,
  falcon,
  defenderEndpointRaw,
  googleCloudAudit,
  kubernetesAudit,
  commonSecurityLog,
  auditd,
  syslog,
];
