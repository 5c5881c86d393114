import { convert } from '../convert.ts';
import { isNullDynamic } from '../dynamic-path.ts';
import { isTextual, once, type Sql, typed } from '../sql.ts';
import { argument, argumentAs, type FunctionTable, type ScalarFunction } from './function.ts';

const iff: ScalarFunction = (input) => {
  const condition = argumentAs(input, 0, 'bool').sql;
  const [yes, no] = [argumentAs(input, 1, input.call.type), argumentAs(input, 2, input.call.type)];
  return typed(input.call.type, `if(${condition}, ${yes.sql}, ${no.sql})`, bothNonNull([yes, no]));
};

function bothNonNull(values: readonly Sql[]): { nonNull?: true } {
  return values.every(({ nonNull }) => nonNull === true) ? { nonNull: true } : {};
}

/** Whether a value is null, which a text never is. */
export function isNullSql(value: Sql): string {
  if (value.type === 'dynamic') return isNullDynamic(value.sql);
  if (value.type === 'guid') return `empty(${value.sql})`;
  if (value.type === 'string' || value.nonNull === true) return 'false';
  return `isNull(${value.sql})`;
}

/** Whether a value is null or the empty text. */
export function isEmptySql(value: Sql): string {
  if (value.type === 'dynamic') return `(${value.sql} IN ('', 'null', '""'))`;
  return isTextual(value.type) ? `empty(${value.sql})` : `isNull(${value.sql})`;
}

const test =
  (write: (value: Sql) => string): ScalarFunction =>
  (input) =>
    typed('bool', write(argument(input, 0)), { nonNull: true });

/** Choosing between values, and asking whether there is one. */
export const CONDITIONAL: FunctionTable = {
  iff,
  iif: iff,
  case: (input) => {
    const { args, call } = input;
    const parts = args.map((value, at) =>
      at % 2 === 0 && at < args.length - 1 ? convert(value, 'bool').sql : convert(value, call.type).sql,
    );
    if (args.length % 2 === 0) parts.push(convert(typed('dynamic', "''", { constant: null }), call.type).sql);
    const values = args
      .filter((_, at) => at % 2 === 1 || at === args.length - 1)
      .map((value) => convert(value, call.type));
    return typed(call.type, `multiIf(${parts.join(', ')})`, bothNonNull(values));
  },
  coalesce: ({ args, call }) => {
    const values = args.map((value) => convert(value, call.type));
    if (!isTextual(call.type)) {
      return typed(
        call.type,
        `coalesce(${values.map(({ sql }) => sql).join(', ')})`,
        values.at(-1)?.nonNull === true ? { nonNull: true } : {},
      );
    }
    const last = values.at(-1)?.sql ?? "''";
    const chosen = values
      .slice(0, -1)
      .reduceRight(
        (rest, { sql }) => once(sql, (first, again) => `if(${first} IN ('', 'null'), ${rest}, ${again})`),
        last,
      );
    return typed(call.type, chosen);
  },
  isnull: test(isNullSql),
  isnotnull: test((value) => `(NOT ${isNullSql(value)})`),
  notnull: test((value) => `(NOT ${isNullSql(value)})`),
  isempty: test(isEmptySql),
  isnotempty: test((value) =>
    isTextual(value.type) && value.type !== 'dynamic' ? `notEmpty(${value.sql})` : `(NOT ${isEmptySql(value)})`,
  ),
  notempty: test((value) => `(NOT ${isEmptySql(value)})`),
  not: (input) => {
    const value = argumentAs(input, 0, 'bool');
    return typed('bool', `(NOT ${value.sql})`, bothNonNull([value]));
  },
  max_of: extreme('greatest'),
  min_of: extreme('least'),
};

// Nulls are left out, unlike in the engine's own functions.
function extreme(name: 'greatest' | 'least'): ScalarFunction {
  return ({ args, call }) => {
    const values = args.map((value) => convert(value, call.type).sql);
    const list = `[${values.join(', ')}]`;
    if (isTextual(call.type)) return typed(call.type, `array${name === 'greatest' ? 'Max' : 'Min'}(${list})`);
    const sorted = `arraySort(arrayFilter(_e -> isNotNull(_e), ${list}))`;
    return typed(call.type, `arrayElementOrNull(${sorted}, ${name === 'greatest' ? '-1' : '1'})`);
  };
}
