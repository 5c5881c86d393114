import type { EntityKind, Evidence } from '@throughline/model';
import { accountName, addressOf } from './asset-facts.ts';
import type { FactList } from './fact-list.ts';

/** Adds what one evidence record says of the artefact of `kind` that it names: itself, or one nested in it. */
export function addEvidenceFacts(facts: FactList, kind: EntityKind, evidence: Evidence): void {
  readers[kind]?.(facts, evidence);
  facts.add('Tags', evidence.tags);
}

type Fields = { readonly [field: string]: unknown };
type Reader = (facts: FactList, evidence: Fields) => void;

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function addFile(facts: FactList, file: Fields): void {
  facts.add('File name', file.fileName);
  facts.add('Path', file.filePath);
  facts.add('Size (bytes)', file.fileSize);
  facts.add('Publisher', file.filePublisher);
  facts.add('Signer', file.signer);
  facts.add('Issuer', file.issuer);
  facts.add('SHA-256', file.sha256);
  facts.add('SHA-1', file.sha1);
  facts.add('MD5', file.md5);
}

const readers: Partial<Record<EntityKind, Reader>> = {
  file(facts, evidence) {
    addFile(facts, fieldsOf(evidence.fileDetails ?? evidence.imageFile));
    facts.add('Detection', evidence.detectionStatus);
    if (evidence.algorithm) facts.add(String(evidence.algorithm), evidence.value);
  },
  process(facts, evidence) {
    const image = fieldsOf(evidence.imageFile);
    facts.add('Command line', evidence.processCommandLine);
    facts.add('Process id', evidence.processId);
    facts.add('Started', evidence.processCreationDateTime);
    addFile(facts, image);
    facts.add('Account', accountName(fieldsOf(evidence.userAccount)));
    facts.add('Parent', fieldsOf(evidence.parentProcessImageFile).fileName);
    facts.add('Parent process id', evidence.parentProcessId);
    facts.add('Detection', evidence.detectionStatus);
  },
  message(facts, evidence) {
    const sender = fieldsOf(evidence.p2Sender ?? evidence.p1Sender);
    facts.add('Subject', evidence.subject);
    facts.add('Sender', sender.emailAddress ?? evidence.sender);
    facts.add('Sender address', evidence.senderIp);
    facts.add('Recipient', evidence.recipientEmailAddress ?? evidence.recipient);
    facts.add('Received', evidence.receivedDateTime ?? evidence.submissionDateTime);
    facts.add('Delivery', evidence.deliveryAction);
    facts.add('Location', evidence.deliveryLocation);
    facts.add('Threats', evidence.threats);
    facts.add('Detection', evidence.threatDetectionMethods);
    facts.add('Attachments', evidence.attachmentsCount);
    facts.add('URLs', evidence.urls ?? evidence.urlCount);
    facts.add('Message id', evidence.internetMessageId);
    facts.add('Network message id', evidence.networkMessageId);
  },
  mailCluster(facts, evidence) {
    facts.add('Clustered by', evidence.clusterBy);
    facts.add('Messages', evidence.emailCount);
    facts.add('Query', evidence.query);
  },
  ip(facts, evidence) {
    facts.add('Address', evidence.ipAddress ?? evidence.senderIp);
    facts.add('Country', evidence.countryLetterCode);
    facts.add('City', fieldsOf(evidence.location).city);
    facts.add('Protocol', evidence.protocol);
    facts.add('From', addressOf(evidence.sourceAddress));
    facts.add('From port', evidence.sourcePort);
    facts.add('To', addressOf(evidence.destinationAddress));
    facts.add('To port', evidence.destinationPort);
  },
  url(facts, evidence) {
    facts.add('URL', evidence.url);
    facts.add('In message', evidence.subject);
  },
  domain(facts, evidence) {
    facts.add('Domain', evidence.domainName);
    facts.add('URL', evidence.url);
    facts.add('Resolves to', listOf(evidence.ipAddresses).map(addressOf));
    facts.add('Host', addressOf(evidence.hostIpAddress));
  },
  registry(facts, evidence) {
    facts.add('Hive', evidence.registryHive);
    facts.add('Key', evidence.registryKey);
    facts.add('Value name', evidence.registryValueName);
    facts.add('Value', evidence.registryValue);
    facts.add('Value type', evidence.registryValueType);
  },
  session(facts, evidence) {
    facts.add('Session id', evidence.sessionId ?? evidence.requestId);
    facts.add('Account', accountOf(evidence.account));
    facts.add('Device', evidence.deviceName);
    facts.add('Operating system', evidence.operatingSystem);
    facts.add('Browser', evidence.browser);
    facts.add('User agent', evidence.userAgent);
    facts.add('Protocol', evidence.protocol);
    facts.add('Started', evidence.startUtcDateTime);
    facts.add('Ended', evidence.endUtcDateTime);
  },
  securityGroup(facts, evidence) {
    facts.add('Name', evidence.displayName ?? evidence.friendlyName);
    facts.add('Distinguished name', evidence.distinguishedName);
    facts.add('SID', evidence.sid);
    facts.add('Group id', evidence.securityGroupId);
  },
};

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The account of a session's nested userEvidence. */
function accountOf(value: unknown): unknown {
  const account = fieldsOf(fieldsOf(value).userAccount);
  return account.userPrincipalName ?? accountName(account);
}
