import type { TelemetryFormat } from './telemetry.ts';
import { windowsEvent } from './windows/windows.ts';

/** Formats that hold telemetry. The order decides where two recognise one record. */
export const telemetryFormats: readonly TelemetryFormat[] = [windowsEvent];
