export type ArchiveKind = 'gzip' | 'zstd' | 'zip' | 'evtx' | 'none' | 'unsupported';

const signatures: readonly (readonly [kind: ArchiveKind, bytes: readonly number[], at: number])[] = [
  ['gzip', [0x1f, 0x8b], 0],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd], 0],
  ['zip', [0x50, 0x4b, 0x03, 0x04], 0],
  ['zip', [0x50, 0x4b, 0x05, 0x06], 0],
  ['evtx', [0x45, 0x6c, 0x66, 0x46, 0x69, 0x6c, 0x65, 0x00], 0], // "ElfFile\0"
  ['unsupported', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], 0], // xz
  ['unsupported', [0x42, 0x5a, 0x68], 0], // bzip2
  ['unsupported', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], 0], // 7z
  ['unsupported', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], 0], // rar
  ['unsupported', [0x04, 0x22, 0x4d, 0x18], 0], // lz4
  ['unsupported', [0x50, 0x41, 0x52, 0x31], 0], // parquet
  ['unsupported', [0x75, 0x73, 0x74, 0x61, 0x72], 257], // tar
];

/** Bytes of a body's start that {@link archiveKind} wants to see. */
export const archiveHead = 512;

/** What the first bytes say a body is packed with, or is. Names are never looked at. */
export function archiveKind(head: Uint8Array): ArchiveKind {
  for (const [kind, bytes, at] of signatures) {
    if (head.length >= at + bytes.length && bytes.every((byte, i) => head[at + i] === byte)) return kind;
  }
  return 'none';
}
