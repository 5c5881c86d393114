import { unsupported } from '../../hunt-error.ts';
import type { QueryOf } from '../../tree/query.ts';
import { passed, type Relation, sourceOf } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { freshName, identifier } from '../sql.ts';
import { empty, unordered } from './sources.ts';

/** The products' functions under `invoke`. What this installation cannot know stays null, and a notice says so. */
export function compileEnrich(query: QueryOf<'enrich'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const source = sourceOf(compilation, input);
  const { alias } = source;
  switch (query.name) {
    case 'FileProfile': {
      compilation.notices.add('No service of file reputations is set up, so FileProfile() gives empty columns.');
      const own = new Set(input.columns.map(({ name }) => name));
      const list = query.columns.map(({ name, type }) => {
        if (own.has(name)) return passed(alias, name);
        return `${name === 'ProfileAvailability' ? "'Missing'" : empty(type)} AS ${identifier(name)}`;
      });
      const columns = query.columns.map(
        ({ name, type }) => input.columns.find((column) => column.name === name) ?? { name, type },
      );
      return unordered(`SELECT ${list.join(', ')} FROM ${source.from}`, columns);
    }
    case 'DeviceFromIP':
      return deviceFromIp(query, compilation, source.from, alias);
    case 'SeenBy': {
      const table = compilation.surroundings.table('DeviceInfo', []);
      const seen = freshName('d');
      const sql = `SELECT DISTINCT ${seen}.DeviceId AS DeviceId FROM (${table}) AS ${seen} WHERE ${seen}.DeviceId IN (SELECT ${alias}.DeviceId FROM ${source.from})`;
      compilation.notices.add(
        'Which devices saw another is not recorded; SeenBy() gives those of the devices that report themselves.',
      );
      return unordered(sql, query.columns);
    }
    default:
      throw unsupported(`invoke ${query.name}()`, query.at);
  }
}

// The device that had a local address most recently.
function deviceFromIp(query: QueryOf<'enrich'>, compilation: Compilation, from: string, alias: string): Relation {
  const table = compilation.surroundings.table('DeviceNetworkInfo', []);
  const [network, found] = [freshName('n'), freshName('d')];
  const owners = `SELECT JSONExtractString(_a, 'IPAddress') AS ip, argMax(${network}.DeviceId, ${network}.Timestamp) AS device FROM (${table}) AS ${network} ARRAY JOIN JSONExtractArrayRaw(toString(${network}.IPAddresses)) AS _a GROUP BY ip`;
  const sql = `SELECT ${alias}.IP AS IP, ${found}.device AS DeviceId FROM ${from} ANY LEFT JOIN (${owners}) AS ${found} ON ${alias}.IP = ${found}.ip`;
  return unordered(sql, query.columns);
}
