import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { OpenApiDocument } from './openapi.ts';
import { type JsonSchema, schemaBounds, schemaText } from './schema-text.ts';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;
type Content = Record<string, { schema?: JsonSchema }>;
type Operation = {
  method: string;
  path: string;
  operationId: string;
  summary: string;
  description?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; schema?: JsonSchema }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
  'x-permission': string;
};

/** The API document as one page that needs no script. */
export function docsPage(document: OpenApiDocument): Html {
  const operations = operationsOf(document);
  const chapters = (document.tags ?? []).map(({ name }) => ({
    name,
    operations: operations.filter(({ tags }) => tags?.includes(name)),
  }));
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, JsonSchema>);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${document.info.title} ${document.info.version}</title>
        <link rel="icon" type="image/svg+xml" href="/mark.svg" />
        <link rel="stylesheet" href="/api/docs.css" />
      </head>
      <body>
        <nav aria-label="Chapters">
          <p><a href="/">Throughline</a></p>
          ${chapters.map(({ name }) => html`<p><a href="#${anchor(name)}">${name}</a></p>`)}
          <p><a href="#schemas">Schemas</a></p>
          <p><a href="/api/openapi.json">OpenAPI 3.1</a></p>
        </nav>
        <main>
          <h1>${document.info.title} <small>${document.info.version}</small></h1>
          <p>${prose(document.info.description ?? '')}</p>
          ${chapters.map(chapter)}
          <h2 id="schemas">Schemas</h2>
          ${schemas.map(
            ([name, schema]) =>
              html`<section id="schema-${name}">
                <h3>${name}</h3>
                ${typeBlock(schema)}
              </section>`,
          )}
        </main>
      </body>
    </html>`;
}

function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path }) as Operation),
  );
}

function chapter({ name, operations }: { name: string; operations: Operation[] }): Html {
  return html`<h2 id="${anchor(name)}">${name}</h2>
    ${operations.map(section)}`;
}

function section(operation: Operation): Html {
  const { method, path, summary, description, parameters = [], requestBody, responses } = operation;
  return html`<section id="${operation.operationId}">
    <h3>
      <a href="#${operation.operationId}"><b class="${method}">${method.toUpperCase()}</b> <code>${path}</code></a>
    </h3>
    <p>${summary}. <span class="quiet">${whoMay(operation['x-permission'])}</span></p>
    ${description === undefined ? '' : html`<p>${prose(description)}</p>`}
    ${parameters.length === 0 ? '' : parameterTable(parameters)}
    ${requestBody === undefined ? '' : html`<h4>Body</h4>${contentBlocks(requestBody.content)}`}
    <h4>Answers</h4>
    <dl>
      ${Object.entries(responses).map(
        ([status, { description: words, content }]) =>
          html`<dt>${status}</dt>
            <dd>${words} ${status.startsWith('2') && content !== undefined ? contentBlocks(content) : ''}</dd>`,
      )}
    </dl>
  </section>`;
}

function parameterTable(parameters: NonNullable<Operation['parameters']>): Html {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Parameter</th>
        <th scope="col">Type</th>
        <th scope="col">Bounds</th>
      </tr>
    </thead>
    <tbody>
      ${parameters.map(({ name, in: place, schema }) => {
        const once = unrepeated(schema);
        const bounds = [schemaBounds(once ?? schema), once === undefined ? '' : 'may be repeated'];
        return html`<tr>
          <th scope="row"><code>${place === 'path' ? `{${name}}` : name}</code></th>
          <td><code>${schemaText(once ?? schema)}</code></td>
          <td>${bounds.filter((part) => part !== '').join(', ')}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

// "One, or a list of such" is how a repeatable parameter is written down: the one is what people want to read.
function unrepeated(schema: JsonSchema | undefined): JsonSchema | undefined {
  const [one, many] = schema?.anyOf ?? [];
  return one !== undefined && JSON.stringify(many?.items) === JSON.stringify(one) ? one : undefined;
}

function contentBlocks(content: Content): Html[] {
  return Object.entries(content).map(([type, { schema }]) =>
    type === 'application/json' ? typeBlock(schema) : html`<p><code>${type}</code></p>`,
  );
}

// A line that is nothing but a schema's name becomes a link to it.
function typeBlock(schema: JsonSchema | undefined): Html {
  const name = schema?.$ref?.split('/').at(-1);
  if (name !== undefined) return html`<p><a href="#schema-${name}">${name}</a></p>`;
  return html`<pre tabindex="0"><code>${schemaText(schema)}</code></pre>`;
}

function whoMay(access: string): string {
  if (access === 'public') return 'Open to everybody.';
  return access === 'person' ? 'For whoever is signed in, not for tokens.' : `Needs ${access}.`;
}

// The only marks our own texts use are back-ticks.
function prose(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

function anchor(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
