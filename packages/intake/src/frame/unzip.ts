import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { Refused } from '../outcome.ts';

/** One file of a zip archive. `name` is for people only; nothing is ever written under it. */
export type ZipEntry = { name: string; open: () => AsyncGenerator<Buffer> };

/**
 * The files of a zip archive in the order of its directory, folders left out. The archive is held in memory,
 * and the length of its comment is put right in it.
 * @throws {Refused} `truncatedArchive` when it is damaged, `unsupportedArchive` beyond `entryLimit` entries
 */
export async function* zipEntries(archive: Buffer, entryLimit: number): AsyncGenerator<ZipEntry> {
  mendComment(archive);
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    // Names are kept as bytes: yauzl would refuse the whole archive for one odd name.
    fromBuffer(archive, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true }, (error, file) =>
      error ? reject(new Refused('truncatedArchive', `zip: ${error.message}`)) : resolve(file),
    );
  });
  let broken: Error | null = null;
  zip.on('error', (error: Error) => {
    broken ??= error;
  });
  for (let count = 0; ; count++) {
    // After an error the library never answers again.
    if (broken !== null) throw new Refused('truncatedArchive', `zip: ${(broken as Error).message}`);
    const entry = await nextEntry(zip);
    if (entry === null) return;
    if (count >= entryLimit) {
      throw new Refused('unsupportedArchive', `zip: more than ${entryLimit} entries (limit archiveEntries)`);
    }
    const name = Buffer.from(entry.fileName as unknown as Uint8Array)
      .toString('utf8')
      .replaceAll('\u0000', '\uFFFD');
    if (name.endsWith('/')) continue;
    yield { name, open: () => contents(zip, entry) };
  }
}

const endOfDirectory = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const endBytes = 22;

/** Some packers announce a comment that is not there, or put something behind it; the library refuses such archives. */
function mendComment(archive: Buffer): void {
  const end = archive.lastIndexOf(endOfDirectory);
  const rest = archive.length - end - endBytes;
  if (end >= 0 && rest >= 0 && rest <= 0xffff) archive.writeUInt16LE(rest, end + endBytes - 2);
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const done = () => {
      zip.removeListener('entry', entered);
      zip.removeListener('end', ended);
      zip.removeListener('error', failed);
    };
    const entered = (entry: Entry) => {
      done();
      resolve(entry);
    };
    const ended = () => {
      done();
      resolve(null);
    };
    const failed = (error: Error) => {
      done();
      reject(new Refused('truncatedArchive', `zip: ${error.message}`));
    };
    zip.on('entry', entered).on('end', ended).on('error', failed);
    zip.readEntry();
  });
}

async function* contents(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw new Refused('unsupportedArchive', 'zip: entry is encrypted');
  try {
    const stream = await new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
      zip.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
    });
    for await (const chunk of stream) yield chunk;
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused('truncatedArchive', `zip: ${(error as Error).message}`);
  }
}
