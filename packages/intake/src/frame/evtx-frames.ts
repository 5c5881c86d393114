import { BinaryReader, ChunkHeader } from '@ts-evtx/core';
import type { IntakeLimits } from '../limits.ts';
import { Refused } from '../outcome.ts';
import { readEventXml } from '../telemetry/windows/event-xml.ts';
import { type Frame, malformed } from './frame.ts';
import type { Budget } from './inflate.ts';

const headerBytes = 4096;
const chunkBytes = 65_536;

/**
 * Records of a Windows event log file (EVTX), each as the nested object converters write; `line` is the record's place in
 * the file. Chunks are read one by one, whatever the file's header says of them, so a log that was not closed is read too;
 * a chunk or record that cannot be read costs itself only. Rendered text counts as unpacked.
 * @throws {Refused} `bodyTooLarge` beyond the budget
 */
export async function* evtxFrames(
  source: AsyncIterable<Buffer>,
  limits: IntakeLimits,
  budget: Budget,
): AsyncGenerator<Frame[]> {
  let line = 1;
  for await (const chunk of chunksOf(source)) {
    const frames = framesOf(chunk, line, limits, budget);
    line += frames.length;
    for (let i = 0; i < frames.length; i += limits.recordsPerBatch) yield frames.slice(i, i + limits.recordsPerBatch);
  }
}

/** The file's chunks, each in memory of its own; the last may be cut short. */
async function* chunksOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  let skip = headerBytes;
  for await (const piece of source) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece]);
    const skipped = Math.min(skip, held.length);
    skip -= skipped;
    held = held.subarray(skipped);
    while (held.length >= chunkBytes) {
      yield Buffer.from(held.subarray(0, chunkBytes));
      held = held.subarray(chunkBytes);
    }
  }
  if (held.length > 0) yield held;
}

function framesOf(bytes: Buffer, first: number, limits: IntakeLimits, budget: Budget): Frame[] {
  // Space that the log has not come to yet.
  if (bytes.every((byte) => byte === 0)) return [];
  if (bytes.length < chunkBytes || bytes.toString('latin1', 0, 8) !== 'ElfChnk\u0000') {
    return [
      malformed(first, '', bytes.length < chunkBytes ? 'EVTX: the file is cut short' : 'EVTX: a chunk is damaged'),
    ];
  }
  const frames: Frame[] = [];
  const chunk = new ChunkHeader(new BinaryReader(bytes), 0);
  try {
    for (const record of chunk.records()) frames.push(frameOf(record, first + frames.length, limits, budget));
    const announced = Number(chunk.logLastRecordNumber()) - Number(chunk.logFirstRecordNumber()) + 1;
    if (frames.length < announced) {
      const detail = `EVTX: ${frames.length} of the ${announced} records of a chunk could be found`;
      frames.push(malformed(first + frames.length, '', detail));
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    frames.push(malformed(first + frames.length, '', `EVTX: ${(error as Error).message}`));
  }
  return frames;
}

function frameOf(record: { renderXml(): string }, line: number, limits: IntakeLimits, budget: Budget): Frame {
  let xml = '';
  try {
    xml = record.renderXml();
    budget.left -= xml.length;
    if (budget.left < 0) {
      throw new Refused('bodyTooLarge', `body unpacks to more than ${budget.limit} bytes (limit inflatedBytes)`);
    }
    const value = readEventXml(xml);
    return { line, text: JSON.stringify(value), value };
  } catch (error) {
    if (error instanceof Refused && error.reason === 'bodyTooLarge') throw error;
    return malformed(line, xml.slice(0, limits.recordBytes), `EVTX: ${(error as Error).message}`);
  }
}
