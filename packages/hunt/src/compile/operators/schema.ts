import type { Scalar } from '../../tree/expression.ts';
import type { QueryOf } from '../../tree/query.ts';
import type { Relation } from '../relation.ts';
import type { Compilation } from '../scope.ts';
import { quote } from '../sql.ts';
import { unordered } from './sources.ts';

const SYSTEM_TYPES: Readonly<Record<Scalar, string>> = {
  bool: 'System.SByte',
  datetime: 'System.DateTime',
  decimal: 'System.Data.SqlTypes.SqlDecimal',
  dynamic: 'System.Object',
  guid: 'System.Guid',
  int: 'System.Int32',
  long: 'System.Int64',
  real: 'System.Double',
  string: 'System.String',
  timespan: 'System.TimeSpan',
};

/** `getschema` */
export function compileSchema(query: QueryOf<'schema'>, compilation: Compilation): Relation {
  const input = compilation.query(query.input);
  const rows = input.columns.map(
    ({ name, type }, at) => `(${quote(name)}, ${at}, ${quote(SYSTEM_TYPES[type])}, ${quote(type)})`,
  );
  const structure = quote('ColumnName String, ColumnOrdinal Nullable(Int32), DataType String, ColumnType String');
  return unordered(`SELECT * FROM values(${structure}, ${rows.join(', ')})`, query.columns);
}
