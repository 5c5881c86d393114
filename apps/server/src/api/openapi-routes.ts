import { z } from 'zod';
import { docsPage } from './docs-page.ts';
import { docsStyle } from './docs-style.ts';
import type { OpenApiDocument } from './openapi.ts';
import type { Route } from './route.ts';
import { route } from './route.ts';

/** The API's description of itself, for programs and for people. */
export function documentRoutes(document: () => OpenApiDocument): Route[] {
  let made: OpenApiDocument | undefined;
  const once = () => {
    made ??= document();
    return made;
  };
  return [
    route({
      method: 'get',
      path: '/api/openapi.json',
      access: 'public',
      chapter: 'Server',
      summary: 'This API as an OpenAPI 3.1 document',
      answer: z.looseObject({ openapi: z.string() }),
      handle: ({ c }) => c.json(once()),
    }),
    route({
      method: 'get',
      path: '/api/docs',
      access: 'public',
      chapter: 'Server',
      summary: 'This API as a page for people',
      media: 'text/html',
      handle: ({ c }) => c.html(docsPage(once())),
    }),
    route({
      method: 'get',
      path: '/api/docs.css',
      access: 'public',
      chapter: 'Server',
      summary: 'The style of that page',
      media: 'text/css',
      handle: ({ c }) => c.body(docsStyle, 200, { 'content-type': 'text/css; charset=utf-8' }),
    }),
  ];
}
