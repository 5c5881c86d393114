import type { LogSource } from '@throughline/model';

const loginServices = ['auth', 'authpriv', 'sshd', 'sudo', 'su', 'login', 'systemd-logind', 'cron', 'pam'];

/** Services whose records also stand in the log that a rule's service names: product → service of the rule → services of events. */
const sameLog: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  linux: {
    auth: loginServices,
    syslog: [...loginServices, 'syslog', 'daemon', 'kernel', 'kern', 'messages', 'systemd'],
    sudo: ['sudo', 'auth', 'authpriv'],
    sshd: ['sshd', 'auth', 'authpriv'],
  },
  azure: { pim: ['pim', 'riskdetection', 'auditlogs'], riskdetection: ['riskdetection', 'pim'] },
  m365: {
    exchange: ['exchange', 'audit'],
    threat_management: ['threat_management', 'audit'],
    threat_detection: ['threat_detection', 'audit'],
  },
};

const otherNames: Readonly<Record<string, string>> = { o365: 'm365', office365: 'm365', entra: 'azure', osx: 'macos' };

/** What Sysmon for Linux logs, by event id, for records that do not say their category. */
const linuxSysmon: Readonly<Record<string, string>> = {
  '1': 'process_creation',
  '3': 'network_connection',
  '11': 'file_event',
};

/**
 * Whether a rule for `rule` is about records of `event`: each name that the rule gives must fit. A record that says product
 * and service but no category fits by these; the category `application` says nothing beside a product.
 */
export function isFrom(rule: LogSource, event: LogSource): boolean {
  const { product } = rule;
  if (product !== undefined && product !== productOf(event)) return false;
  if (rule.service !== undefined && !serviceFits(product, rule.service, event.service)) return false;
  if (rule.category === undefined || rule.category === event.category) return true;
  if (product === undefined) return false;
  if (rule.category === 'application') return true;
  return event.category === undefined && rule.service !== undefined;
}

/** The log source of a record, its product by the name rules use and a missing category filled in where it is known. */
export function knownLogSource(event: LogSource, fields: Readonly<Record<string, unknown>>): LogSource {
  const product = productOf(event);
  const { category, service } = event;
  if (product === 'linux' && service === 'sysmon' && category === undefined) {
    return { product, service, category: linuxSysmon[String(fields.EventID)] };
  }
  return product === event.product ? event : { product, service, category };
}

function productOf({ product }: LogSource): string | undefined {
  if (product === undefined) return undefined;
  return Object.hasOwn(otherNames, product) ? otherNames[product] : product;
}

function serviceFits(product: string | undefined, wanted: string, service: string | undefined): boolean {
  if (service === undefined) return false;
  return wanted === service || (product !== undefined && (sameLog[product]?.[wanted]?.includes(service) ?? false));
}
