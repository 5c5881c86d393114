import type { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '../http/http-env.ts';
import { chapters } from './route.ts';

/** The API as an OpenAPI 3.1 document, made of the same values that check the requests. */
export type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

const about = `Errors always have the shape \`{"error": {"code", "message", "requestId", "target"?}}\`; \`code\` is stable.
Unknown fields and parameters are refused. Instants are ISO 8601, UTC. Lists are paged by \`cursor\`: give the \`next\` of
the page before. Changes made with a session need its \`x-csrf-token\`.`;

/** Makes the document of an app. */
export function openApiDocument(app: OpenAPIHono<HttpEnv>, version: string): OpenApiDocument {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Throughline API', version, description: about, license: { name: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [] }],
    tags: chapters.map((name) => ({ name })),
  });
  document.components = {
    ...document.components,
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer', description: 'A personal API token, `tl_…`, limited to its scopes.' },
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: 'throughline',
        description: 'Set by signing in; `__Host-throughline` behind https. Changes also need the header x-csrf-token.',
      },
    },
  };
  return document;
}
