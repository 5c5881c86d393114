import { createClient, ClickHouseLogLevel } from '@clickhouse/client';
import { readFileSync, writeFileSync } from 'node:fs';
import { readQuery, compileRead } from '/work/hunt/packages/hunt/src/index.ts';
import { runHunt } from '/work/hunt/apps/server/src/hunting/run-hunt.ts';
import { mismatch } from '/work/hunt/bench/kql/oracle-compare.ts';
const client = createClient({ url: 'http://127.0.0.1:18123', username:'throughline', password:'x', database:'default', log:{level: ClickHouseLogLevel.OFF}, max_open_connections: 2 });
const D='/work/shared/data/kql/';
const only = process.argv[2]; const bandArg = process.argv[3];
const cases = ['oracle.jsonl','oracle-engine.jsonl'].flatMap(f=>readFileSync(D+f,'utf8').trim().split('\n').map(l=>JSON.parse(l)));
const stat: Record<string,[number,number]> = {}; const misses: string[] = []; let geoless=[0,0];
for (const c of cases) {
  if (only && only!=='all' && !c.id.includes(only)) continue;
  if (bandArg && c.band!==bandArg) continue;
  const geo = /geo_/.test(c.functions.join()) && !/geo_info/.test(c.functions.join());
  let why: string|undefined; let sql='';
  try {
    const read = await readQuery(c.query, { tables: new Map(), watchlists: new Map() });
    const compiled = compileRead(read, { now: new Date(), table: () => { throw new Error('no tables') } });
    sql = compiled.sql;
    const rows: any[] = [];
    for await (const b of runHunt(client, compiled, { timeMs: 20000, memoryBytes: 1e9, rows: 100000, bytes: 1e8 }, crypto.randomUUID())) rows.push(...b);
    why = mismatch(c, { columns: compiled.columns, rows });
  } catch (e: any) { why = `${e.name}: ${String(e.message).slice(0,400)}` + (e.name==='HuntError'||e.name==='HuntFailure'?'':String(e.stack).split('\n')[1]); }
  const s = (stat[c.band] ??= [0,0]); s[1]++; if (!why) s[0]++;
  if (!geo) { geoless[1]++; if (!why) geoless[0]++; }
  if (why && !geo) misses.push(`[${c.band}] ${c.id}: ${why}`);
  if (only && only!=='all') console.log(c.query, '\n', sql, '\n', why);
}
console.log(stat); const tot=['50','80','90','95','99'].reduce((a,b)=>[a[0]+(stat[b]?.[0]??0),a[1]+(stat[b]?.[1]??0)],[0,0]);
console.log('50-99', tot, tot[0]/tot[1], 'nongeo', geoless, geoless[0]/geoless[1]);
writeFileSync('/tmp/misses.txt', misses.sort().join('\n'));
await client.close();
