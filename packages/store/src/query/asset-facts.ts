import { type AssetKind, type Evidence, type EvidenceOf, isEvidence } from '@throughline/model';
import type { FactList } from './fact-list.ts';

/** Adds what one evidence record says of the asset it names. */
export function addAssetFacts(facts: FactList, kind: AssetKind, evidence: Evidence): void {
  readers[kind](facts, evidence);
}

type Reader = (facts: FactList, evidence: Evidence) => void;

const readers: Record<AssetKind, Reader> = {
  device(facts, evidence) {
    if (isEvidence(evidence, 'deviceEvidence')) {
      facts.add('Operating system', joined(evidence.osPlatform, evidence.version, evidence.osBuild));
      facts.add('Risk', evidence.riskScore);
      facts.add('Health', evidence.healthStatus);
      facts.add('Device group at the source', evidence.rbacGroupName);
      facts.add('IP addresses', [
        evidence.lastIpAddress,
        evidence.lastExternalIpAddress,
        ...(evidence.ipInterfaces ?? []),
      ]);
      facts.add('Logged-on users', evidence.loggedOnUsers?.map(accountName));
      facts.add('Domain', evidence.ntDomain ?? evidence.dnsDomain);
      facts.add('Antivirus', evidence.defenderAvStatus);
      facts.add('Onboarding', evidence.onboardingStatus);
      facts.add('First seen', evidence.firstSeenDateTime);
      facts.add('Device id', evidence.mdeDeviceId);
      facts.add('Directory id', evidence.azureAdDeviceId);
    } else if (isEvidence(evidence, 'ioTDeviceEvidence')) {
      facts.add('Type', joined(evidence.deviceType, evidence.deviceSubType));
      facts.add('Operating system', evidence.operatingSystem);
      facts.add('Manufacturer', joined(evidence.manufacturer, evidence.model));
      facts.add('Importance', evidence.importance);
      facts.add('IP addresses', addressOf(evidence.ipAddress));
      facts.add('MAC address', evidence.macAddress);
      facts.add('Site', joined(evidence.site, evidence.zone));
      facts.add('Serial number', evidence.serialNumber);
    }
    facts.add('Tags', evidence.tags);
  },
  user(facts, evidence) {
    const account = evidence.userAccount as EvidenceOf<'userEvidence'>['userAccount'] & { [extra: string]: unknown };
    if (typeof account === 'object' && account !== null) {
      facts.add('Name', account.displayName);
      facts.add('Principal name', account.userPrincipalName);
      facts.add('Account', accountName(account));
      facts.add('Department', account.department);
      facts.add('Job title', account.jobTitle);
      facts.add('SID', account.userSid);
      facts.add('Object id', account.azureAdUserId);
      facts.add('Directory id', account.activeDirectoryObjectGuid);
    }
    if (isEvidence(evidence, 'gitHubUserEvidence')) {
      facts.add('Name', evidence.name);
      facts.add('Account', evidence.login);
      facts.add('Mail', evidence.email);
    }
    facts.add('Tags', evidence.tags);
  },
  mailbox(facts, evidence) {
    if (isEvidence(evidence, 'mailboxEvidence')) {
      facts.add('Name', evidence.displayName);
      facts.add('Address', evidence.primaryAddress);
      facts.add('Principal name', evidence.upn);
    } else if (isEvidence(evidence, 'mailboxConfigurationEvidence')) {
      facts.add('Name', evidence.displayName);
      facts.add('Address', evidence.mailboxPrimaryAddress);
      facts.add('Principal name', evidence.upn);
      facts.add('Setting changed', evidence.configurationType);
    } else if (isEvidence(evidence, 'analyzedMessageEvidence')) facts.add('Address', evidence.recipientEmailAddress);
    facts.add('Tags', evidence.tags);
  },
  cloudApplication(facts, evidence) {
    facts.add('Name', evidence.displayName ?? evidence.servicePrincipalName);
    facts.add('Instance', evidence.instanceName);
    facts.add('Publisher', evidence.publisher);
    facts.add('Application id', evidence.appId);
    facts.add('Object id', evidence.objectId ?? evidence.servicePrincipalObjectId);
    facts.add('Type', evidence.servicePrincipalType);
    facts.add('Tags', evidence.tags);
  },
  cloudResource(facts, evidence) {
    facts.add('Name', evidence.resourceName ?? evidence.name);
    facts.add('Type', evidence.resourceType);
    facts.add('Resource id', evidence.resourceId ?? evidence.amazonResourceId ?? evidence.fullResourceName);
    facts.add('Account', evidence.amazonAccountId ?? evidence.projectId);
    facts.add('Location', evidence.location);
    facts.add('URL', evidence.url);
    facts.add('Tags', evidence.tags);
  },
};

function joined(...parts: unknown[]): string {
  return parts.filter((part) => typeof part === 'string' || typeof part === 'number').join(' ');
}

/** "DOMAIN\name" of an account, or the name alone. */
export function accountName(
  account: { accountName?: unknown; domainName?: unknown } | null | undefined,
): string | null {
  if (typeof account?.accountName !== 'string' || account.accountName === '') return null;
  return typeof account.domainName === 'string' && account.domainName !== ''
    ? `${account.domainName}\\${account.accountName}`
    : account.accountName;
}

/** The address of a nested ipEvidence. */
export function addressOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as { ipAddress?: unknown }).ipAddress : null;
}
