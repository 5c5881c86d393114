import { ApiError, readError } from './error.ts';

let csrfToken: string | undefined;
let onSignedOut: (code: string) => void = () => {};

/** The token that every change carries; from `me` and from a sign-in. */
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

/** Called once per refused request when the session is gone, or good for setting up a second factor only; with the code. */
export function whenSignedOut(run: (code: string) => void): void {
  onSignedOut = run;
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/** Writes query parameters in a fixed order; a list becomes a repeated parameter, empty values are left out. */
export function queryText(query: Query): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const each of Array.isArray(value) ? value : [value]) params.append(name, String(each));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

interface Request {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  query?: Query | undefined;
  /** Sent as JSON. */
  body?: unknown;
  signal?: AbortSignal | undefined;
  headers?: Readonly<Record<string, string>> | undefined;
}

async function send(
  path: string,
  { method = 'GET', query = {}, body, signal, headers: more = {} }: Request,
): Promise<Response> {
  const headers = new Headers({ accept: 'application/json', ...more });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (method !== 'GET' && csrfToken !== undefined) headers.set('x-csrf-token', csrfToken);
  let response: Response;
  try {
    response = await fetch(`/api${path}${queryText(query)}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError('unreachable', 'The server does not answer. Nothing was changed.', { status: 0 });
  }
  if (response.ok) return response;
  const error = await readError(response);
  if (response.status === 401 || error.code === 'secondFactorRequired') onSignedOut(error.code);
  throw error;
}

/**
 * Calls `/api{path}` and returns the parsed JSON (undefined for 204).
 * @throws ApiError with the server's code, message and request id, or code "unreachable".
 */
export async function api<T>(path: string, request: Request = {}): Promise<T> {
  const response = await send(path, request);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** As `api`, for answers that are text: a raw record. */
export async function apiText(path: string, request: Request = {}): Promise<string> {
  return (await send(path, request)).text();
}

/**
 * As `api`, for answers of one JSON value a line, told as they come.
 * @throws ApiError as `api`, and with code "cutShort" when the answer ends within a line.
 */
export async function apiLines(path: string, request: Request, tell: (value: unknown) => void): Promise<void> {
  const response = await send(path, request);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') tell(JSON.parse(line));
  }
  if (rest !== '') throw new ApiError('cutShort', 'The answer ended before it was whole. Try again.', { status: 0 });
}
