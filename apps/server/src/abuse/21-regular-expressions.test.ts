import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectRoot } from '../project.ts';
import { nameOf, routes, schemaOf, walk } from './every-route.fixture.ts';

/**
 * Abuse 21. The attack: a regular expression of a user, or a text made for one of ours, that takes for ever. Users write
 * none; the expressions of our schemas answer the longest text quickly.
 */

test('no regular expression is made of what somebody wrote', () => {
  const files = globSync('{apps/*,packages/*}/src/**/*.{ts,tsx}', { cwd: projectRoot }).filter(
    (file) => !/\.(test|fixture|slow)\.tsx?$/.test(file),
  );
  const making = files.filter((file) =>
    /new RegExp\(|\bRegExp\(|similar to|~\* \$|regexp_/i.test(readFileSync(`${projectRoot}/${file}`, 'utf8')),
  );
  // Each is made of constants of ours. A new one has to be looked at.
  for (const file of making) {
    const lines = readFileSync(`${projectRoot}/${file}`, 'utf8')
      .split('\n')
      .filter((line) => /new RegExp\(/.test(line));
    for (const line of lines)
      expect([file, /body|query|params|request|rule\.|input/i.test(line)]).toEqual([file, false]);
  }
  const patterned: string[] = [];
  for (const route of routes) {
    for (const part of ['query', 'body'] as const) {
      walk(schemaOf(route, part), part, (_, place) => {
        if (/regex|pattern|glob|wildcard/i.test(place.split('.').at(-1) ?? ''))
          patterned.push(`${nameOf(route)} ${place}`);
      });
    }
  }
  expect(patterned).toEqual([]);
});

test('the patterns of our schemas are quick with what is made to slow them', () => {
  const patterns = new Set<string>();
  for (const route of routes) {
    for (const part of ['params', 'query', 'body'] as const) {
      walk(schemaOf(route, part), part, ({ pattern }) => pattern !== undefined && patterns.add(pattern));
    }
  }
  expect(patterns.size).toBeGreaterThan(5);
  for (const pattern of patterns) {
    const expression = new RegExp(pattern, 'u');
    for (const unit of ['a', '0', 'a.', 'a-', '-', ':', '0:', '.', 'a@', '@a.', '_', '2099-03-01T', ' ', '/']) {
      const text = `${unit.repeat(20_000)}!`;
      const start = performance.now();
      expression.test(text);
      expect([pattern.slice(0, 60), unit, performance.now() - start < 2000]).toEqual([
        pattern.slice(0, 60),
        unit,
        true,
      ]);
    }
  }
});
