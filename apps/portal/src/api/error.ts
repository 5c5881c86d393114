import type { ErrorBody } from '@throughline/model';

interface Facts {
  status: number;
  requestId?: string | undefined;
  /** The permission that is missing, on 403. */
  permission?: string | undefined;
}

/** A refusal of the server: `code` is stable, `message` is for people, `requestId` finds it in the log. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly requestId: string | undefined;
  readonly permission: string | undefined;

  constructor(code: string, message: string, facts: Facts) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.permission = facts.permission;
  }
}

/** Reads an error answer; one that is not ours (a proxy's page) still gives a message and its status. */
export async function readError(response: Response): Promise<ApiError> {
  const requestId = response.headers.get('x-request-id') ?? undefined;
  try {
    const { error } = (await response.json()) as ErrorBody;
    return new ApiError(error.code, error.message, {
      status: response.status,
      requestId: error.requestId ?? requestId,
      permission: error.code === 'forbidden' ? error.target : undefined,
    });
  } catch {
    return new ApiError('unexpected', `The server answered ${response.status} without saying why.`, {
      status: response.status,
      requestId,
    });
  }
}
