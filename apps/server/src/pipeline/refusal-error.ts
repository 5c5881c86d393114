// SQLSTATE classes that blame the data: data exception, integrity violation, WITH CHECK, program limit, raised by a trigger.
const blamesData = new Set(['22', '23', '44', '54', 'P0']);
const sqlState = /^[0-9A-Z]{5}$/;

/**
 * True for an error that the data caused and that would come again: the database refused a value, or reading the alert
 * threw. False for what passes: lost connections, deadlocks, full disks, shutdowns.
 */
export function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return sqlState.test(code) && blamesData.has(code.slice(0, 2));
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}
