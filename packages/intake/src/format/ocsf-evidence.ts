import { type Evidence, makeEvidence } from '@throughline/model';
import {
  deviceEvidence,
  domainEvidence,
  evidenceList,
  type FileParts,
  fileEvidence,
  ipEvidence,
  processEvidence,
  type UserParts,
  urlEvidence,
  userEvidence,
} from '../field/evidence.ts';
import { at, type Fields, fields, firstText, isFields, list, text } from '../field/value.ts';

type Found = (Evidence | null)[];

/** How many observables of one finding are read; some products list every address they ever saw. */
const observableLimit = 64;

/** The evidence of an OCSF finding: its own objects, those of `evidences[]`, `resources[]`, and the observables. */
export function ocsfEvidence(event: Fields): Evidence[] {
  const found: Found = [];
  found.push(...device(event.device, ['attacked']));
  for (const holder of [event, ...list(event.evidences).map(fields)]) found.push(...objects(holder));
  for (const item of [...list(event.resources), at(event, 'resource')]) found.push(resource(fields(item), event));
  for (const item of list(event.observables).slice(0, observableLimit)) found.push(observable(fields(item)));
  return evidenceList(...found);
}

function objects(holder: Fields): Found {
  const found: Found = [];
  if (holder.device !== undefined) found.push(...device(holder.device, ['attacked']));
  found.push(...endpoint(holder.src_endpoint, ['source']), ...endpoint(holder.dst_endpoint, ['destination']));
  const actor = fields(holder.actor);
  found.push(user(actor.user, []), user(holder.user, []));
  found.push(process(holder.process ?? actor.process));
  if (isFields(holder.file)) found.push(fileEvidence(file(holder.file)));
  const url = holder.url;
  found.push(urlEvidence(isFields(url) ? (url.url_string ?? url.text) : url));
  found.push(domainEvidence(at(holder, 'query', 'hostname')));
  const email = fields(holder.email);
  const recipient = firstText(list(email.to)[0], email.to, email.smtp_to);
  if (recipient !== null || text(email.uid) !== null) {
    found.push(
      makeEvidence('analyzedMessageEvidence', {
        subject: text(email.subject),
        internetMessageId: text(email.message_uid),
        networkMessageId: text(email.uid),
        recipientEmailAddress: recipient,
        p1Sender: { emailAddress: text(email.from) },
      }),
    );
  }
  return found;
}

function device(value: unknown, roles: string[]): Found {
  const host = fields(value);
  return [
    deviceEvidence(firstText(host.hostname, host.name), roles, {
      providerDeviceId: text(host.uid),
      osPlatform: text(at(host, 'os', 'name')),
      lastIpAddress: text(host.ip),
    }),
    ipEvidence(host.ip, roles),
  ];
}

function endpoint(value: unknown, roles: string[]): Found {
  const end = fields(value);
  const name = text(end.hostname);
  return [
    ipEvidence(end.ip, roles),
    name === null ? null : deviceEvidence(name, roles),
    domainEvidence(end.domain, roles),
  ];
}

function account(value: unknown): UserParts {
  const one = fields(value);
  return {
    name: one.name,
    upn: one.email_addr,
    domain: one.domain,
    sid: /^S-1-/i.test(text(one.uid) ?? '') ? one.uid : null,
    objectId: /^S-1-/i.test(text(one.uid) ?? '') ? null : one.uid,
    displayName: one.full_name,
  };
}

function user(value: unknown, roles: string[]): Evidence | null {
  return isFields(value) ? userEvidence(account(value), roles) : null;
}

function file(value: unknown): FileParts {
  const one = fields(value);
  const values = list(one.hashes).map((hash) => at(hash, 'value'));
  const ofLength = (length: number) => values.find((hash) => typeof hash === 'string' && hash.length === length);
  return {
    name: one.name,
    path: one.path,
    size: one.size,
    sha256: ofLength(64),
    sha1: ofLength(40),
    md5: ofLength(32),
  };
}

function process(value: unknown): Evidence | null {
  if (!isFields(value)) return null;
  return processEvidence({
    id: value.pid,
    commandLine: value.cmd_line,
    image: { name: value.name, ...dropEmpty(file(value.file)) },
    startTime: value.created_time_dt,
    parentId: at(value, 'parent_process', 'pid'),
    parentImage: { name: at(value, 'parent_process', 'name') },
    user: account(value.user),
  });
}

function dropEmpty(parts: FileParts): FileParts {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => text(value) !== null));
}

function resource(item: Fields, event: Fields): Evidence | null {
  const id = text(item.uid);
  const name = text(item.name);
  if (id === null && name === null) return null;
  const provider = text(at(event, 'cloud', 'provider'))?.toLowerCase();
  const type = text(item.type);
  if (provider === 'aws' || id?.startsWith('arn:')) {
    return makeEvidence('amazonResourceEvidence', {
      amazonAccountId: firstText(at(event, 'cloud', 'account', 'uid')),
      amazonResourceId: id ?? name,
      resourceName: name,
      resourceType: type,
    });
  }
  if (provider === 'gcp') {
    return makeEvidence('googleCloudResourceEvidence', {
      fullResourceName: id ?? name,
      resourceName: name,
      resourceType: type,
    });
  }
  if (provider === 'azure' || id?.startsWith('/subscriptions/')) {
    return makeEvidence('azureResourceEvidence', { resourceId: id ?? name, resourceName: name, resourceType: type });
  }
  return ipEvidence(id);
}

/** Observable type_id: 1 host name, 2 ip, 4 user name, 5 e-mail, 6 url, 7 file name, 8 hash. */
function observable(item: Fields): Evidence | null {
  const value = item.value;
  switch (item.type_id) {
    case 1:
      return domainEvidence(value);
    case 2:
      return ipEvidence(value);
    case 4:
    case 5:
      return userEvidence({ name: value });
    case 6:
      return urlEvidence(value);
    case 8:
      return fileEvidence({ sha256: value });
    default:
      return null;
  }
}
