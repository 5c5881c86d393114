import type { Evidence } from '@throughline/model';
import { domainEvidence, fileEvidence, ipEvidence, urlEvidence } from '../field/evidence.ts';
import { at, type Fields, fields, isFields, list, text } from '../field/value.ts';

/** Names or files of one event that become evidence. */
const itemLimit = 8;

/** Both ends of the flow and what the protocol records name: URL or host, server name, queried names, files. */
export function suricataEvidence(eve: Fields, rule: Fields): Evidence[] {
  const found: Evidence[] = [];
  const put = (evidence: Evidence | null) => {
    if (evidence !== null) found.push(evidence);
  };
  // The rule may name its target; otherwise the flow says only who sent the packet.
  const target = rule.target === undefined ? null : text(at(rule, 'target', 'ip'));
  const role = (address: unknown) => (target === null ? [] : [target === address ? 'attacked' : 'attacker']);
  put(ipEvidence(eve.src_ip, ['source', ...role(eve.src_ip)]));
  put(ipEvidence(eve.dest_ip, ['destination', ...role(eve.dest_ip)]));
  if (isFields(eve.http)) put(webEvidence(eve.http));
  if (isFields(eve.tls)) put(domainEvidence(eve.tls.sni));
  if (isFields(eve.dns)) for (const name of queriedNames(eve.dns)) put(domainEvidence(name));
  for (const file of list(eve.files).slice(0, itemLimit)) put(fileOf(file));
  if (eve.fileinfo !== undefined) put(fileOf(eve.fileinfo));
  return found;
}

function webEvidence(http: Fields): Evidence | null {
  const host = text(http.hostname);
  const path = text(http.url);
  if (host === null || path === null) return domainEvidence(host);
  return urlEvidence(path.includes('://') ? path : `http://${host}${path}`);
}

/** EVE versions differ: one name, a list `query`, or a list `queries`. */
function queriedNames(dns: Fields): Set<unknown> {
  const queries = [...list(dns.query), ...list(dns.queries)].slice(0, itemLimit);
  return new Set([dns.rrname, ...queries.map((query) => at(query, 'rrname'))]);
}

function fileOf(value: unknown): Evidence | null {
  const file = fields(value);
  return fileEvidence({
    path: file.filename,
    size: file.size,
    sha256: file.sha256,
    sha1: file.sha1,
    md5: file.md5,
  });
}
