import { globSync, readFileSync } from 'node:fs';
import { outline, renderMail, renderSlack, renderTeams, renderWebhook, sampleMessage } from '@throughline/notify';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../project.ts';
import { nameOf, routes, schemaOf, walk } from './every-route.fixture.ts';

/**
 * Abuse 3. The attack: a mail, webhook or report template that walks from a value to a constructor and runs code, or a
 * name that is read as a template. Our messages are code and names are values; there are no templates of users.
 */

const tricks = [
  '{{7*7}}',
  `\${7*7}`,
  '<%= 7*7 %>',
  '#{7*7}',
  '{% for a in b %}{{a}}{% endfor %}',
  `{{constructor.constructor("return process.env")()}}`,
  `[[\${7*7}]]`,
  '$1 $& $$ $`',
  '%s %d %j %o',
];

describe.each(tricks)('%s', (trick) => {
  const list = [trick, trick];
  const view = {
    ...sampleMessage,
    ruleName: trick,
    organization: trick,
    link: 'https://soc.example.com/incidents/1',
    incident: {
      ...sampleMessage.incident,
      displayName: trick,
      reason: trick,
      tags: list,
      categories: list,
      sources: list,
    },
    alerts: sampleMessage.alerts.map((alert) => ({ ...alert, title: trick, serviceSource: trick })),
  };

  test('stays as it is in every message', () => {
    const { subject, text, html } = renderMail(view);
    const words = outline(view);
    const messages = [subject, text, html, renderWebhook('k', view), renderSlack(words), renderTeams(words)];
    for (const message of messages) expect(message).not.toContain('49');
    expect(subject).toContain(trick);
    expect(text).toContain(trick);
    expect(JSON.parse(renderWebhook('k', view)).incident.displayName).toBe(trick);
    expect(messages.join()).not.toContain(process.env.PATH ?? 'no path');
  });
});

const sources = globSync('{apps/*,packages/*}/src/**/*.{ts,tsx}', { cwd: projectRoot }).filter(
  (file) => !/\.(test|slow|fixture)\.tsx?$/.test(file),
);

test('no code is made of text', () => {
  expect(sources.length).toBeGreaterThan(300);
  const makes = /\beval\(|new Function\(|from 'node:vm'|setTimeout\(['"`]|\bimport\((?!['"])|v8['"]\)?\.deserialize/;
  expect(sources.filter((file) => makes.test(readFileSync(`${projectRoot}/${file}`, 'utf8')))).toEqual([]);
});

test('no template engine is installed', () => {
  const engines =
    /^(?:handlebars|mustache|ejs|pug|nunjucks|liquidjs|eta|doT|dot|lodash(?:\.template)?|underscore|hogan.*|jexl|vm2|isolated-vm)$/;
  const found = globSync('{.,apps/*,packages/*}/package.json', { cwd: projectRoot }).flatMap((file) => {
    const { dependencies = {} } = JSON.parse(readFileSync(`${projectRoot}/${file}`, 'utf8'));
    return Object.keys(dependencies).filter((name) => engines.test(name));
  });
  expect(found).toEqual([]);
});

test('no setting is a template', () => {
  const found: string[] = [];
  for (const route of routes) {
    walk(schemaOf(route, 'body'), 'body', (_, place) => {
      if (/template|script(?!ion)|expression|handlebar|code$/i.test(place.split('.').at(-1) ?? '')) {
        found.push(`${nameOf(route)} ${place}`);
      }
    });
  }
  // Codes that people type in.
  expect(found.filter((each) => !/body\.(?:code|recoveryCode)$/.test(each))).toEqual([]);
});
