import { ANOMALIES } from './anomalies.ts';
import { CONDITIONAL } from './conditional.ts';
import { CONVERSION } from './conversion.ts';
import { DATETIME } from './datetime.ts';
import { DOCUMENTS } from './documents.ts';
import { DYNAMIC } from './dynamic.ts';
import { ENCODING } from './encoding.ts';
import type { FunctionTable } from './function.ts';
import { GEO } from './geo.ts';
import { MATH } from './math.ts';
import { NETWORK } from './network.ts';
import { SERIES } from './series.ts';
import { TEXT } from './text.ts';
import { UNITS } from './units.ts';
import { WINDOWS } from './windows.ts';

/** Every scalar function by its name in lower case. */
export const FUNCTIONS: FunctionTable = {
  ...ANOMALIES,
  ...DOCUMENTS,
  ...SERIES,
  ...UNITS,
  ...CONDITIONAL,
  ...CONVERSION,
  ...DATETIME,
  ...DYNAMIC,
  ...ENCODING,
  ...GEO,
  ...MATH,
  ...NETWORK,
  ...TEXT,
  ...WINDOWS,
};
