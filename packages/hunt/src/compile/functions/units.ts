import { unsupported } from '../../hunt-error.ts';
import { typed } from '../sql.ts';
import { argumentAs, type FunctionTable, literalArgument, type ScalarFunction } from './function.ts';

const ANGLES: Readonly<Record<string, number>> = {
  Arcminute: 1 / 60,
  Arcsecond: 1 / 3600,
  Centiradian: 0.572957795130823,
  Deciradian: 5.72957795130823,
  Degree: 1,
  Gradian: 0.9,
  Microdegree: 1e-6,
  Microradian: 57.2957795130823e-6,
  Millidegree: 1e-3,
  Milliradian: 57.2957795130823e-3,
  Nanodegree: 1e-9,
  Nanoradian: 57.2957795130823e-9,
  Radian: 57.2957795130823,
  Revolution: 360,
  Tilt: 57.2957795130823,
};

const LENGTHS: Readonly<Record<string, number>> = {
  Nanometer: 1e-9,
  Micrometer: 1e-6,
  Millimeter: 1e-3,
  Centimeter: 1e-2,
  Decimeter: 0.1,
  Meter: 1,
  Kilometer: 1e3,
  Inch: 0.0254,
  Foot: 0.3048,
  Yard: 0.9144,
  Mile: 1609.344,
};

const TIMES: Readonly<Record<string, number>> = { Second: 1, Minute: 60, Hour: 3600 };

function speed(unit: string): number | undefined {
  const [, length = '', time = ''] = /^(\w+)Per(\w+)$/.exec(unit) ?? [];
  const [far, long] = [LENGTHS[length], TIMES[time]];
  if (unit === 'Knot') return 1852 / 3600;
  return far === undefined || long === undefined ? undefined : far / long;
}

const KELVIN: Readonly<Record<string, readonly [factor: number, offset: number]>> = {
  Kelvin: [1, 0],
  DegreeCelsius: [1, 273.15],
  DegreeFahrenheit: [5 / 9, 459.67 * (5 / 9)],
  DegreeRankine: [5 / 9, 0],
};

const linear =
  (sizeOf: (unit: string) => number | undefined): ScalarFunction =>
  (input) => {
    const [from = '', to = ''] = [literalArgument(input, 1), literalArgument(input, 2)];
    const [one, other] = [sizeOf(from), sizeOf(to)];
    if (one === undefined || other === undefined)
      throw unsupported(`The unit ${one === undefined ? from : to}`, input.call.at);
    return typed('real', `(${argumentAs(input, 0, 'real').sql} * ${one} / ${other})`);
  };

/** Conversions between units of measure. */
export const UNITS: FunctionTable = {
  convert_angle: linear((unit) => ANGLES[unit]),
  convert_length: linear((unit) => LENGTHS[unit]),
  convert_speed: linear(speed),
  convert_temperature: (input) => {
    const [from, to] = [literalArgument(input, 1) ?? '', literalArgument(input, 2) ?? ''];
    const [one, other] = [KELVIN[from], KELVIN[to]];
    if (one === undefined || other === undefined)
      throw unsupported(`The unit ${one === undefined ? from : to}`, input.call.at);
    return typed('real', `((${argumentAs(input, 0, 'real').sql} * ${one[0]} + ${one[1]} - ${other[1]}) / ${other[0]})`);
  },
  around: (input) => {
    const [value, centre, distance] = [0, 1, 2].map((at) => input.args[at]);
    if (value === undefined || centre === undefined || distance === undefined)
      throw unsupported('around() without its three arguments', input.call.at);
    if (value.type === 'datetime') {
      const [one, other] = [argumentAs(input, 0, 'datetime').sql, argumentAs(input, 1, 'datetime').sql];
      return typed(
        'bool',
        `(abs(reinterpretAsInt64(${one}) - reinterpretAsInt64(${other})) <= ${argumentAs(input, 2, 'timespan').sql})`,
      );
    }
    return typed(
      'bool',
      `(abs(${argumentAs(input, 0, 'real').sql} - ${argumentAs(input, 1, 'real').sql}) <= ${argumentAs(input, 2, 'real').sql})`,
    );
  },
  regex_quote: (input) => typed('string', `regexpQuoteMeta(${argumentAs(input, 0, 'string').sql})`),
};
