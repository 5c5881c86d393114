import type { Observation, ObservedEntity } from '@throughline/correlate';
import type { EntityKind, Tactic } from '@throughline/model';

/** An observation and the campaign it belongs to, or null for noise. */
export type Planted = { observation: Observation; campaign: number | null };

const day = 86_400_000;
const perDay = 10_000;
const start = Date.UTC(2026, 0, 5);
const tactics: Tactic[] = ['initialAccess', 'execution', 'credentialAccess', 'lateralMovement', 'exfiltration'];

/**
 * A stream of about 10,000 alerts a day: 85 % noise on hosts, users, addresses and files of which few are everywhere
 * (Zipf), 15 % from twelve campaigns at a time, each of 10 to 50 alerts over 2 to 5 hosts, sometimes on a host that
 * everyone touches. The same seed gives the same stream.
 */
export function* planted(count: number, seed = 1): Iterable<Planted> {
  const next = generator(seed);
  const below = (n: number) => Math.floor(next() * n);
  const host = zipf(20_000, 1.05);
  const user = zipf(30_000, 1.05);
  const address = zipf(50_000, 1.05);
  const file = zipf(200_000, 1.1);
  const detector = zipf(200, 1);
  let campaigns = 0;
  const begin = () => ({
    id: campaigns++,
    left: 10 + below(41),
    hosts: Array.from({ length: 2 + below(4) }, () => (below(20) === 0 ? host(next()) : below(20_000))),
    user: below(30_000),
    address: 50_000 + below(1_000_000),
    file: 200_000 + below(1_000_000),
  });
  const running = Array.from({ length: 12 }, begin);
  for (let n = 0; n < count; n++) {
    const time = start + Math.floor((n / perDay) * day + next() * 1000);
    if (next() < 0.85) {
      const entities = [entity('device', `host-${host(next())}`)];
      if (next() < 0.6) entities.push(entity('user', `user-${user(next())}`));
      if (next() < 0.5) entities.push(entity('ip', `ip-${address(next())}`));
      if (next() < 0.3) entities.push(entity('file', `file-${file(next())}`));
      yield { observation: observation(n, time, `noise-${detector(next())}`, entities, []), campaign: null };
      continue;
    }
    const at = below(running.length);
    const campaign = running[at] as ReturnType<typeof begin>;
    const entities = [entity('device', `host-${campaign.hosts[below(campaign.hosts.length)]}`)];
    if (next() < 0.7) entities.push(entity('user', `user-${campaign.user}`));
    if (next() < 0.5) entities.push(entity('ip', `ip-${campaign.address}`));
    if (next() < 0.5) entities.push(entity('file', `file-${campaign.file}`));
    const tactic = tactics[below(tactics.length)] as Tactic;
    yield {
      observation: observation(n, time, `attack-${below(60)}`, entities, [tactic]),
      campaign: campaign.id,
    };
    if (--campaign.left === 0) running[at] = begin();
  }
}

function observation(
  n: number,
  time: number,
  detector: string,
  entities: ObservedEntity[],
  shown: Tactic[],
): Observation {
  return {
    alertId: `al-${n.toString(36).padStart(12, '0')}`,
    detector: `product/${detector}`,
    time,
    lastTime: time,
    title: detector,
    severity: 'medium',
    tactics: shown,
    category: null,
    serviceSource: 'product',
    detectionSource: 'product',
    productName: null,
    threat: null,
    active: true,
    entities,
  };
}

function entity(kind: EntityKind, name: string): ObservedEntity {
  return { kind, id: `${kind} ${name}`, name, roles: [] };
}

/** mulberry32, in [0, 1). */
function generator(seed: number): () => number {
  let state = (seed * 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Maps a uniform number to 0 … n − 1 with frequencies that fall with rank to the power of `exponent`. */
function zipf(n: number, exponent: number): (uniform: number) => number {
  const cumulated = new Float64Array(n);
  let sum = 0;
  for (let rank = 0; rank < n; rank++) {
    sum += 1 / (rank + 1) ** exponent;
    cumulated[rank] = sum;
  }
  return (uniform) => {
    const wanted = uniform * sum;
    let low = 0;
    let high = n - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cumulated[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
