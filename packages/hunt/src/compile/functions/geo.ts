import { HuntError } from '../../hunt-error.ts';
import { typed } from '../sql.ts';
import { argumentAs, type FunctionInput, type FunctionTable, literalArgument } from './function.ts';

/** The radius of the sphere that the language measures on, metres. */
const EARTH_METRES = 6_371_010;
/** As long as the engine makes geohashes; the language goes to 18. */
const LONGEST_GEOHASH = 12;

const real = (input: FunctionInput, at: number) => argumentAs(input, at, 'real').sql;

function valid(longitude: string, latitude: string): string {
  return `ifNull(abs(${longitude}) <= 180 AND abs(${latitude}) <= 90, false)`;
}

// The haversine form, which stays exact for points close to each other.
function distance(lon1: string, lat1: string, lon2: string, lat2: string): string {
  const half = (one: string, other: string) => `pow(sin(radians(${other} - ${one}) / 2), 2)`;
  const chord = `${half(lat1, lat2)} + cos(radians(${lat1})) * cos(radians(${lat2})) * ${half(lon1, lon2)}`;
  return `(2 * ${EARTH_METRES} * asin(sqrt(least(1, ${chord}))))`;
}

/** Places on Earth as longitude and latitude in degrees; distances in metres on a sphere. */
export const GEO: FunctionTable = {
  geo_distance_2points: (input) => {
    const [a, b, c, d] = [real(input, 0), real(input, 1), real(input, 2), real(input, 3)];
    return typed('real', `if(${valid(a, b)} AND ${valid(c, d)}, ${distance(a, b, c, d)}, NULL)`);
  },
  geo_point_in_circle: (input) => {
    const [a, b, c, d] = [real(input, 0), real(input, 1), real(input, 2), real(input, 3)];
    const radius = real(input, 4);
    const isKnown = `${valid(a, b)} AND ${valid(c, d)} AND ifNull(${radius} >= 0, false)`;
    return typed('bool', `if(${isKnown}, ${distance(a, b, c, d)} <= ${radius}, NULL)`);
  },
  geo_point_to_geohash: (input) => {
    const [longitude, latitude] = [real(input, 0), real(input, 1)];
    const length = Number(literalArgument(input, 2) ?? 5);
    if (length > LONGEST_GEOHASH) {
      throw new HuntError(
        'unsupported',
        `geo_point_to_geohash() of more than ${LONGEST_GEOHASH} characters is not supported.`,
        input.call.operands[2]?.at ?? input.call.at,
      );
    }
    if (!(length >= 1)) return typed('string', "''");
    const hash = `geohashEncode(ifNull(${longitude}, 0), ifNull(${latitude}, 0), ${length})`;
    return typed('string', `if(${valid(longitude, latitude)}, ${hash}, '')`);
  },
  geo_geohash_to_central_point: (input) => {
    const hash = argumentAs(input, 0, 'string').sql;
    const at = `geohashDecode(${hash})`;
    const point = `concat('{"type":"Point","coordinates":[', toString(${at}.1), ',', toString(${at}.2), ']}')`;
    return typed('dynamic', `if(match(${hash}, '^[0-9b-hjkmnp-z]{1,${LONGEST_GEOHASH}}$'), ${point}, '')`);
  },
};
