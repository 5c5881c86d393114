import type { Frame } from './frame.ts';

const line = /^(?:node=\S+ )?type=\S+ msg=audit\((\d+\.\d+:\d+)\)/;
/** Events whose lines may still follow; auditd writes those of several events among each other. */
const mostOpen = 16;
const mostLines = 256;

type Open = { id: string; frame: Frame; lines: number };

/**
 * Joins the lines of one auditd event (same serial number) into one frame, their texts with line feeds between. Lines of
 * other kinds pass in their order; an event is given out when it ends, when too many are open, or at the end.
 */
export async function* groupAudit(batches: AsyncIterable<Frame[]>): AsyncGenerator<Frame[]> {
  const open: Open[] = [];
  for await (const batch of batches) {
    if (open.length === 0 && !batch.some(isAudit)) {
      yield batch;
      continue;
    }
    const out: Frame[] = [];
    for (const frame of batch) take(frame, open, out);
    yield out;
  }
  if (open.length > 0) yield open.map(({ frame }) => frame);
}

function isAudit(frame: Frame): boolean {
  return frame.isLine === true && frame.text.includes('msg=audit(');
}

function take(frame: Frame, open: Open[], out: Frame[]): void {
  const id = isAudit(frame) ? line.exec(frame.text)?.[1] : undefined;
  if (id === undefined) {
    out.push(...open.splice(0).map((one) => one.frame), frame);
    return;
  }
  const at = open.findIndex((one) => one.id === id);
  const found = open[at];
  if (found === undefined) open.push({ id, frame, lines: 1 });
  else {
    found.frame = { ...found.frame, text: `${found.frame.text}\n${frame.text}` };
    found.lines++;
    if (found.lines >= mostLines || frame.text.includes('type=EOE ')) {
      out.push(found.frame);
      open.splice(at, 1);
    }
  }
  if (open.length > mostOpen) out.push(...open.splice(0, open.length - mostOpen).map((one) => one.frame));
}
