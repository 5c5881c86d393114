import { once, quote, typed } from '../sql.ts';
import { argumentAs, type FunctionTable, literalArgument } from './function.ts';

// Name and pattern of its version, the most particular first: many agents name their ancestors too.
const BROWSERS: readonly (readonly [string, string])[] = [
  ['Edge', '(?:Edge|Edg|EdgA|EdgiOS)/([0-9.]+)'],
  ['Opera', '(?:OPR|Opera)/([0-9.]+)'],
  ['Firefox', '(?:Firefox|FxiOS)/([0-9.]+)'],
  ['Chrome', '(?:Chrome|CriOS)/([0-9.]+)'],
  ['Safari', 'Version/([0-9.]+).*Safari/'],
  ['IE', '(?:MSIE |Trident/.*rv:)([0-9.]+)'],
  ['curl', 'curl/([0-9.]+)'],
];

const SYSTEMS: readonly (readonly [string, string, string])[] = [
  ['Windows', '10', 'Windows NT 10\\.0'],
  ['Windows', '8.1', 'Windows NT 6\\.3'],
  ['Windows', '8', 'Windows NT 6\\.2'],
  ['Windows', '7', 'Windows NT 6\\.1'],
  ['Windows', '', 'Windows'],
  ['Android', '', 'Android'],
  ['iOS', '', 'iPhone|iPad|iPod'],
  ['Mac OS X', '', 'Mac OS X'],
  ['Linux', '', 'Linux'],
];

function browser(agent: string): string {
  const cases = BROWSERS.map(([name, pattern]) => {
    const version = `splitByChar('.', extract(${agent}, ${quote(pattern)}))`;
    return `match(${agent}, ${quote(pattern)}), concat('{"Family":"${name}","MajorVersion":', toJSONString(${version}[1]), ',"MinorVersion":', toJSONString(${version}[2]), ',"Patch":', toJSONString(${version}[3]), '}')`;
  });
  return `multiIf(${cases.join(', ')}, '{"Family":"Other","MajorVersion":"","MinorVersion":"","Patch":""}')`;
}

function system(agent: string): string {
  const cases = SYSTEMS.map(
    ([name, version, pattern]) =>
      `match(${agent}, ${quote(pattern)}), '{"Family":"${name}","MajorVersion":"${version}","MinorVersion":"","Patch":"","PatchMinor":""}'`,
  );
  return `multiIf(${cases.join(', ')}, '{"Family":"Other","MajorVersion":"","MinorVersion":"","Patch":"","PatchMinor":""}')`;
}

function device(agent: string): string {
  const cases = ['iPhone', 'iPad', 'Macintosh'].map(
    (name) =>
      `position(${agent}, '${name}') > 0, '{"Family":"${name === 'Macintosh' ? 'Mac' : name}","Brand":"Apple","Model":"${name === 'Macintosh' ? 'Mac' : name}"}'`,
  );
  return `multiIf(${cases.join(', ')}, '{"Family":"Other","Brand":"","Model":""}')`;
}

/** Texts that are documents of another language. */
export const DOCUMENTS: FunctionTable = {
  parse_user_agent: (input) => {
    input.scope.compilation.notices.add(
      'parse_user_agent() knows the common browsers and systems; others are "Other".',
    );
    const asked = input.args[1]?.constant;
    const parts = Array.isArray(asked) ? asked.map(String) : [literalArgument(input, 1) ?? 'browser'];
    return typed(
      'dynamic',
      once(argumentAs(input, 0, 'string').sql, (first, again) => {
        const written = parts.map((part) => {
          if (part === 'os') return `'"OperatingSystem":', ${system(again)}`;
          return part === 'device' ? `'"Device":', ${device(again)}` : `'"Browser":', ${browser(again)}`;
        });
        return `if(empty(${first}), '', concat('{', ${written.join(", ',', ")}, '}'))`;
      }),
    );
  },
};
