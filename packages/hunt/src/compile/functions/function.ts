import { HuntError } from '../../hunt-error.ts';
import type { Call, Scalar } from '../../tree/expression.ts';
import { convert } from '../convert.ts';
import { literalSql } from '../literal.ts';
import type { Scope } from '../scope.ts';
import { type Sql, typed } from '../sql.ts';

/** A call with its compiled arguments. */
export interface FunctionInput {
  readonly args: readonly Sql[];
  readonly call: Call;
  readonly scope: Scope;
}

/** Compiles a call of a scalar function. */
export type ScalarFunction = (input: FunctionInput) => Sql;

export type FunctionTable = Readonly<Record<string, ScalarFunction>>;

/** An argument; null where the call has none. */
export function argument({ args }: FunctionInput, at: number): Sql {
  return args[at] ?? literalSql({ type: 'dynamic', value: null });
}

/** An argument converted to a type. */
export function argumentAs(input: FunctionInput, at: number, type: Scalar): Sql {
  return convert(argument(input, at), type);
}

/** The value of an argument that has to be written out, such as a pattern or a unit. */
export function literalArgument(input: FunctionInput, at: number): string | undefined {
  const value = input.args[at];
  if (value === undefined) return undefined;
  if (value.constant === undefined || value.constant === null) {
    const position = input.call.operands[at]?.at ?? input.call.at;
    throw new HuntError('unsupported', `${input.call.name}() needs a literal as its argument ${at + 1}.`, position);
  }
  return String(value.constant);
}

/** A function of texts that gives `type`. */
export function ofTexts(type: Scalar, write: (...texts: string[]) => string): ScalarFunction {
  return (input) => typed(type, write(...input.args.map((_, at) => argumentAs(input, at, 'string').sql)));
}

/** A function of real numbers. */
export function ofReals(write: (...numbers: string[]) => string): ScalarFunction {
  return (input) => typed('real', write(...input.args.map((_, at) => argumentAs(input, at, 'real').sql)));
}
