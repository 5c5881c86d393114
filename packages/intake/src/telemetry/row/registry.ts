import type { Values } from './row.ts';

const hives: readonly (readonly [start: RegExp, name: string])[] = [
  [/^(?:HKLM|\\REGISTRY\\MACHINE)(?=\\|$)/i, 'HKEY_LOCAL_MACHINE'],
  // Defender shows a user's hive as that user's HKEY_CURRENT_USER, followed by the SID.
  [/^(?:HKU|\\REGISTRY\\USER|HKEY_USERS)(?=\\S-1-)/i, 'HKEY_CURRENT_USER'],
  [/^(?:HKU|\\REGISTRY\\USER)(?=\\|$)/i, 'HKEY_USERS'],
  [/^HKCU(?=\\|$)/i, 'HKEY_CURRENT_USER'],
  [/^HKCR(?=\\|$)/i, 'HKEY_CLASSES_ROOT'],
];

/** A registry path with its hive's name as Defender writes it. */
export function registryKey(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  for (const [start, name] of hives) if (start.test(path)) return path.replace(start, name);
  return path;
}

/** RegistryKey and RegistryValueName of a path whose last part is the value. */
export function valueColumns(path: string | undefined): Values {
  const whole = registryKey(path);
  const at = whole?.lastIndexOf('\\') ?? -1;
  if (whole === undefined || at < 0) return { RegistryKey: whole };
  return { RegistryKey: whole.slice(0, at), RegistryValueName: whole.slice(at + 1) };
}

/** Type and data of Sysmon's Details: "DWORD (0x00000001)", "QWORD (0x…-0x…)", "Binary Data", or text. */
export function detailColumns(details: string | undefined): Values {
  if (details === undefined) return {};
  const dword = /^DWORD \(0x([0-9a-f]+)\)$/i.exec(details);
  if (dword) return { RegistryValueType: 'Dword', RegistryValueData: String(Number.parseInt(dword[1] ?? '', 16)) };
  const qword = /^QWORD \(0x([0-9a-f]+)-0x([0-9a-f]+)\)$/i.exec(details);
  if (qword) {
    const data = (BigInt(`0x${qword[1]}`) << 32n) | BigInt(`0x${qword[2]}`);
    return { RegistryValueType: 'Qword', RegistryValueData: data.toString() };
  }
  return details === 'Binary Data' ? { RegistryValueType: 'Binary' } : { RegistryValueData: details };
}
