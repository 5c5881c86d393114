import { type DeviceFacts, type Evidence, isEvidence } from '@throughline/model';

const mostWords = 50;
const longestWord = 300;

/** What an evidence record tells of the device it names; null when it names none. Words are in lower case. */
export function deviceFactsOf(evidence: Evidence | undefined): DeviceFacts | null {
  if (evidence === undefined) return null;
  if (isEvidence(evidence, 'deviceEvidence')) {
    const { deviceDnsName, hostName, dnsDomain, ntDomain, osPlatform } = evidence;
    return {
      names: words([deviceDnsName, hostName]),
      domains: words([dnsDomain, ntDomain, domainOf(deviceDnsName)]),
      tags: words(evidence.tags),
      osPlatforms: words([osPlatform]),
    };
  }
  if (isEvidence(evidence, 'ioTDeviceEvidence')) {
    const { deviceName, operatingSystem } = evidence;
    return {
      names: words([deviceName]),
      domains: words([domainOf(deviceName)]),
      tags: words(evidence.tags),
      osPlatforms: words([operatingSystem]),
    };
  }
  return null;
}

function words(values: unknown): string[] {
  if (!Array.isArray(values)) return [];
  const found = new Set<string>();
  for (const value of values) {
    if (typeof value !== 'string') continue;
    const word = value.trim().slice(0, longestWord).toLowerCase();
    if (word !== '') found.add(word);
    if (found.size === mostWords) break;
  }
  return [...found];
}

function domainOf(name: unknown): string | null {
  return typeof name === 'string' ? (/^[^.]+\.(.+)$/.exec(name)?.[1] ?? null) : null;
}
