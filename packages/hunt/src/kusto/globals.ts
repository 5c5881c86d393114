import type { Column } from '../tree/expression.ts';
import type { KustoGlobals, KustoService } from './service.ts';
import type { KustoSymbol } from './syntax.ts';

// What the hunting products offer beside tables. The bodies only tell the binder which columns come out.
const FUNCTIONS: readonly (readonly [name: string, parameters: string, body: string])[] = [
  [
    'FileProfile',
    '(T:(*), x:string = "SHA1", y:long = 100)',
    `{ T | extend GlobalPrevalence = long(null), GlobalFirstSeen = datetime(null), GlobalLastSeen = datetime(null),
      Signer = "", Issuer = "", SignerHash = "", IsCertificateValid = bool(null), IsRootSignerMicrosoft = bool(null),
      SignatureState = "", IsExecutable = bool(null), ThreatName = "", Publisher = "", SoftwareName = "",
      ProfileAvailability = "", SHA1 = column_ifexists("SHA1", ""), SHA256 = column_ifexists("SHA256", ""),
      MD5 = column_ifexists("MD5", ""), FileSize = tolong(column_ifexists("FileSize", long(null))) }`,
  ],
  ['DeviceFromIP', '(T:(*), t:datetime = datetime(null))', '{ T | project IP = tostring(IP), DeviceId = "" }'],
  ['SeenBy', '(T:(*))', '{ T | project DeviceId = tostring(DeviceId) }'],
  [
    'AssignedIPAddresses',
    '(x:string, y:datetime = datetime(null))',
    '{ datatable(Timestamp:datetime, IPAddress:string, IPType:string, NetworkAdapterType:string, ConnectedNetworks:string)[] }',
  ],
];

const symbols = new WeakMap<readonly Column[], KustoSymbol>();
let functions: KustoSymbol[] | undefined;

/**
 * What the binder is to know for one query: the tables that it names (all of them when it has a wildcard or searches
 * everywhere; binding against hundreds of tables is slow), the products' functions, and the watchlists' columns.
 */
export function globalsFor(
  kusto: KustoService,
  text: string,
  tables: ReadonlyMap<string, readonly Column[]>,
  watchlists: ReadonlyMap<string, readonly string[]>,
): KustoGlobals {
  const words = new Set(text.match(/[A-Za-z_][A-Za-z0-9_]*/g));
  const everything = /\*|\bfind\b|\bsearch\b/.test(text) && /\w\*|union[^|]*\*|\bfind\b|\bsearch\b/.test(text);
  const members: KustoSymbol[] = [];
  for (const [name, columns] of tables)
    if (everything || words.has(name)) members.push(tableSymbol(kusto, name, columns));
  functions ??= FUNCTIONS.map(
    ([name, parameters, body]) => new kusto.Symbols.FunctionSymbol.$ctor16(name, parameters, body, null),
  );
  const database = new kusto.Symbols.DatabaseSymbol('hunting', [
    ...members,
    ...functions,
    watchlistFunction(kusto, watchlists),
  ]);
  return kusto.GlobalState.Default.WithDatabase(database);
}

function tableSymbol(kusto: KustoService, name: string, columns: readonly Column[]): KustoSymbol {
  let symbol = symbols.get(columns);
  if (symbol === undefined) {
    symbol = kusto.Symbols.TableSymbol.From(
      `(${columns.map((column) => `['${column.name}']:${column.type}`).join(',')})`,
    ).WithName(name);
    symbols.set(columns, symbol);
  }
  return symbol;
}

// The binder knows one shape for a function; it is every column of every watchlist.
function watchlistFunction(kusto: KustoService, watchlists: ReadonlyMap<string, readonly string[]>): KustoSymbol {
  const names = new Set([
    '_DTItemId',
    'LastUpdatedTimeUTC',
    'SearchKey',
    'WatchlistItem',
    ...[...watchlists.values()].flat(),
  ]);
  const schema = [...names].map((name) => `['${name.replace(/['\\]/g, '')}']:${typeOfWatchlistColumn(name)}`).join(',');
  return new kusto.Symbols.FunctionSymbol.$ctor16(
    '_GetWatchlist',
    '(name:string, keys:dynamic = dynamic([]))',
    `{ datatable(${schema})[] }`,
    null,
  );
}

function typeOfWatchlistColumn(name: string): string {
  if (name === 'LastUpdatedTimeUTC') return 'datetime';
  return name === 'WatchlistItem' ? 'dynamic' : 'string';
}
