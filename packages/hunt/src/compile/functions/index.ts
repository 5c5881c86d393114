import { CONDITIONAL } from './conditional.ts';
import { CONVERSION } from './conversion.ts';
import { DATETIME } from './datetime.ts';
import { DYNAMIC } from './dynamic.ts';
import { ENCODING } from './encoding.ts';
import type { FunctionTable } from './function.ts';
import { MATH } from './math.ts';
import { NETWORK } from './network.ts';
import { TEXT } from './text.ts';
import { WINDOWS } from './windows.ts';

/** Every scalar function by its name in lower case. */
export const FUNCTIONS: FunctionTable = {
  ...CONDITIONAL,
  ...CONVERSION,
  ...DATETIME,
  ...DYNAMIC,
  ...ENCODING,
  ...MATH,
  ...NETWORK,
  ...TEXT,
  ...WINDOWS,
};
