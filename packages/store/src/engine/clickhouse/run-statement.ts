import type { ServerResponse } from 'node:http';
import type { Session } from 'chdb';
import { endWithException, type Summary, startAnswer, writeChunk } from './answer.ts';
import { StatementError } from './errors.ts';
import { isQuery, isStreamed, namedFormat } from './formats.ts';
import { isInsert, parseRawInsert, type RawInsert } from './insert-statement.ts';
import type { SessionPool } from './session-pool.ts';
import { setStatements } from './settings.ts';
import { isKillQuery, isSeveral, killByClientId, touchesClientFiles } from './sql-text.ts';
import type { StatementRequest } from './statement-request.ts';

const NOTHING: Summary = { readRows: 0, readBytes: 0, writtenRows: 0, writtenBytes: 0, resultBytes: 0, elapsed: 0 };

/**
 * Runs one statement and writes its answer. Throws before anything is written when the statement fails at once; an
 * error after the first bytes ends the body with an exception block. Aborting `signal` kills the statement.
 */
export async function runStatement(
  pool: SessionPool,
  request: StatementRequest,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const { sql, queryId } = request;
  const format = namedFormat(sql) ?? request.defaultFormat ?? 'TabSeparated';
  if (touchesClientFiles(sql)) {
    throw new StatementError(48, 'NOT_IMPLEMENTED', 'INTO OUTFILE and FROM INFILE are not available here.');
  }
  if (!isInsert(sql) && isSeveral(sql)) {
    throw new StatementError(62, 'SYNTAX_ERROR', 'Multi-statements are not allowed.');
  }
  if (isKillQuery(sql)) {
    const rows = await pool.control(killByClientId(sql), format);
    startAnswer(response, queryId, format, NOTHING);
    response.end(rows);
    return;
  }
  if (pool.isRunning(queryId)) {
    throw new StatementError(
      216,
      'QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING',
      `Query with id = ${queryId} is already running.`,
    );
  }
  const prepare = setStatements(queryId, request.settings, request.params);
  await pool.run(isInsert(sql) ? 'insert' : 'read', queryId, signal, async (session) => {
    if (request.database !== undefined) {
      await session.queryAsync(`USE \`${request.database.replace(/[\\`]/g, '\\$&')}\``);
    }
    for (const set of prepare) await session.queryAsync(set);
    const raw = request.data.length > 0 ? parseRawInsert(sql) : undefined;
    if (raw !== undefined) await insertRows(session, raw, request, response);
    else if (isInsert(sql) && isBlank(request)) endEmpty(response, queryId, format);
    else if (!request.waitEndOfQuery && isStreamed(format) && isQuery(sql)) {
      await streamRows(session, request, format, response, signal);
    } else await answerWhole(session, request, format, response);
  });
}

// `INSERT … FORMAT X` without a row: a server takes it and writes nothing, the engine alone would refuse it.
function isBlank(request: StatementRequest): boolean {
  return request.data.length === 0 && /\bFORMAT\s+[A-Za-z]+\s*;?\s*$/i.test(request.sql);
}

function endEmpty(response: ServerResponse, queryId: string, format: string): void {
  startAnswer(response, queryId, format, NOTHING);
  response.end();
}

async function insertRows(session: Session, raw: RawInsert, request: StatementRequest, response: ServerResponse) {
  const done = await session.insert({
    table: raw.table,
    values: request.data,
    format: raw.format,
    ...(raw.columns === undefined ? {} : { columns: raw.columns }),
  });
  startAnswer(response, request.queryId, raw.format, {
    ...NOTHING,
    readRows: done.rowsWritten,
    readBytes: done.bytesWritten,
    writtenRows: done.rowsWritten,
    writtenBytes: done.bytesWritten,
    elapsed: done.elapsed,
  });
  response.end();
}

async function answerWhole(session: Session, request: StatementRequest, format: string, response: ServerResponse) {
  const text = request.data.length === 0 ? request.sql : `${request.sql}\n${request.data.toString('utf8')}`;
  const result = await session.queryAsync(text, { format });
  const bytes = result.bytes();
  startAnswer(response, request.queryId, format, {
    ...NOTHING,
    readRows: result.rowsRead,
    readBytes: result.bytesRead,
    resultBytes: bytes.byteLength,
    elapsed: result.elapsed,
  });
  response.end(bytes);
}

async function streamRows(
  session: Session,
  request: StatementRequest,
  format: string,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const chunks = session.queryStream(request.sql, { format })[Symbol.asyncIterator]();
  let next = await chunks.next();
  const tag = startAnswer(response, request.queryId, format, NOTHING);
  try {
    while (!next.done) {
      await writeChunk(response, next.value.raw(), signal);
      next = await chunks.next();
    }
    response.end();
  } catch (error) {
    await chunks.return?.();
    await endWithException(response, tag, error);
  }
}
