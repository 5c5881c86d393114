import { type Evidence, makeEvidence } from '@throughline/model';
import {
  deviceEvidence,
  domainEvidence,
  evidenceList,
  fileEvidence,
  ipEvidence,
  processEvidence,
  urlEvidence,
  userEvidence,
} from '../field/evidence.ts';
import { firstText, text } from '../field/value.ts';

/** The value of an ECS field by its dotted name. */
export type EcsLookup = (path: string) => unknown;

/** Evidence from Elastic Common Schema fields. */
export function elasticEvidence(get: EcsLookup): Evidence[] {
  const processUser = { name: get('user.name'), domain: get('user.domain'), sid: get('user.id') };
  const message = text(get('email.message_id'));
  const registry = text(get('registry.key')) ?? text(get('registry.path'));
  return evidenceList(
    deviceEvidence(hostName(get), ['attacked'], { osPlatform: text(get('host.os.name')) }),
    ipEvidence(get('host.ip'), ['attacked']),
    ipEvidence(get('source.ip'), ['source']),
    ipEvidence(get('destination.ip'), ['destination']),
    domainEvidence(get('destination.domain'), ['destination']),
    domainEvidence(get('dns.question.name')),
    userEvidence({
      name: get('user.name'),
      domain: get('user.domain'),
      upn: get('user.email'),
      ...(/^S-1-/i.test(text(get('user.id')) ?? '') ? { sid: get('user.id') } : {}),
    }),
    userEvidence({ name: get('user.target.name'), domain: get('user.target.domain') }, ['attacked']),
    processEvidence({
      id: get('process.pid'),
      commandLine: get('process.command_line'),
      startTime: get('process.start'),
      image: {
        name: get('process.name'),
        path: get('process.executable'),
        sha256: get('process.hash.sha256'),
        sha1: get('process.hash.sha1'),
        md5: get('process.hash.md5'),
      },
      parentId: get('process.parent.pid'),
      parentImage: { name: get('process.parent.name'), path: get('process.parent.executable') },
      user: processUser,
    }),
    fileEvidence({
      name: get('file.name'),
      path: get('file.path'),
      size: get('file.size'),
      sha256: get('file.hash.sha256'),
      sha1: get('file.hash.sha1'),
      md5: get('file.hash.md5'),
    }),
    urlEvidence(get('url.full') ?? get('url.original')),
    registry === null
      ? null
      : makeEvidence('registryValueEvidence', {
          registryHive: text(get('registry.hive')),
          registryKey: registry,
          registryValueName: text(get('registry.value')),
        }),
    message === null
      ? null
      : makeEvidence('analyzedMessageEvidence', {
          internetMessageId: message,
          subject: text(get('email.subject')),
          recipientEmailAddress: text(get('email.to.address')),
          p1Sender: { emailAddress: text(get('email.from.address')) },
        }),
  );
}

/** `host.name` may be the full name; `host.id` is Elastic's own and no other product's, so it names nothing here. */
function hostName(get: EcsLookup): string | null {
  const name = text(get('host.name'));
  return name?.includes('.') ? name : firstText(get('host.hostname'), name);
}
