import { intakeReceipt } from '@throughline/model';
import { z } from 'zod';
import { refuseWhenBehind } from '../intake/back-pressure.ts';
import { bodyLength, requestBody } from '../intake/request-body.ts';
import { takeRequest } from '../intake/take-request.ts';
import { refuseDisabled } from '../settings-api/refuse-disabled.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

export const intakeRoutes: Route[] = [
  route({
    method: 'post',
    path: '/api/intake/{source}',
    access: 'intake.write',
    audit: {
      action: 'token.intake',
      summed: (answer) => ('received' in answer ? { received: answer.received, rejected: answer.rejected } : {}),
    },
    chapter: 'Intake',
    summary: 'Send alerts',
    description:
      '`source` names a format, or is `auto`: each record is recognised by its shape. The body is JSON (one value or a list), ' +
      'NDJSON, CEF or LEEF lines, plain or packed with gzip, zstd or zip. 202 says that everything in the body is durable: good ' +
      'records will be stored, each bad one is a dead letter with its line and reason. A body of up to 10,000 records lands ' +
      'wholly or, when the connection breaks, not at all. Sending the same records again stores nothing twice. ' +
      '403 `sourceDisabled`: the source is disabled in the settings.',
    params: z.strictObject({ source: z.string().min(1).max(100) }),
    rawBody: {
      mediaTypes: ['application/json', 'application/x-ndjson', 'text/plain', 'application/gzip', 'application/zstd'],
    },
    answer: intakeReceipt,
    status: 202,
    refusals: [400, 404, 415, 503],
    handle: async (call) => {
      await refuseWhenBehind(call, call.params.source);
      const { c, params, settings, principal, intake, bodyRoom } = call;
      const { bodyBytes } = settings.limits;
      const bytes = requestBody(c, bodyBytes);
      return bodyRoom.hold(bodyLength(c, bodyBytes), () =>
        refuseDisabled({ ...call, tenantId: principal.tenantId }, params.source, (admit) =>
          takeRequest({ ...intake, admit }, { source: params.source, bytes }, principal.tenantId),
        ),
      );
    },
  }),
];
