// `npm run bench kql`: how long compiling takes, after the language service is loaded.
import { compileRead, readQuery } from '@throughline/hunt';
import { huntingTables } from '@throughline/model/hunting';
import { quantiles } from './conformance.ts';

const QUERIES = [
  'DeviceProcessEvents | where Timestamp > ago(1d) and ProcessCommandLine has_any ("mimikatz", "sekurlsa") | project Timestamp, DeviceName, ProcessCommandLine',
  'DeviceNetworkEvents | where RemoteIPType == "Public" | summarize n = count(), hosts = dcount(DeviceName) by RemoteIP, bin(Timestamp, 1h) | top 50 by n',
  'let admins = IdentityInfo | where AssignedRoles has "Global Administrator" | distinct AccountUpn; SigninLogs | where UserPrincipalName in~ (admins) | extend city = tostring(LocationDetails.city) | summarize make_set(city) by UserPrincipalName',
  'EmailEvents | join kind=inner (UrlClickEvents | where ActionType == "ClickAllowed") on NetworkMessageId | project Timestamp, RecipientEmailAddress, Url',
  'DeviceLogonEvents | where ActionType == "LogonFailed" | make-series n = count() default = 0 on Timestamp from ago(7d) to now() step 1h by DeviceName',
  'CloudAppEvents | mv-expand part = ActivityObjects | extend name = tostring(part.Name) | where isnotempty(name) | summarize arg_max(Timestamp, *) by name',
];

/** Compiles each query a number of times and prints how long loading and compiling take. */
export async function benchKql(): Promise<void> {
  const catalogue = { tables: huntingTables(), watchlists: new Map<string, readonly string[]>() };
  const surroundings = { now: new Date(), table: (name: string) => `SELECT * FROM \`${name}\`` };
  const began = performance.now();
  await readQuery('print 1', catalogue);
  const loaded = performance.now() - began;
  const [read, compile]: [number[], number[]] = [[], []];
  for (let round = 0; round < 30; round += 1) {
    for (const query of QUERIES) {
      const started = performance.now();
      const tree = await readQuery(query, catalogue);
      const between = performance.now();
      compileRead(tree, surroundings);
      if (round > 2) {
        read.push(between - started);
        compile.push(performance.now() - between);
      }
    }
  }
  console.log(`\nkql: loading the language service and the first query ${loaded.toFixed(0)} ms`);
  console.log(`  parse and bind ms: ${quantiles(read)}; to SQL ms: ${quantiles(compile)}`);
}
