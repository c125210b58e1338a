import { parser } from '@prometheus-io/lezer-promql';
import { expect } from 'vitest';
import type { Sample } from './scrape.ts';

/** Those of Prometheus itself. */
const foreign = new Set(['up']);
/** What Prometheus puts to everything that it scrapes. */
const scraped = ['instance', 'job'];

/** The metrics that an expression of PromQL names, with the labels by which it picks them. */
function listSelectors(expr: string) {
  const words = expr.matchAll(/\b([a-z_][a-z0-9_]*)(\{[^}]*\})?/gi);
  return Array.from(words, ([, name = '', braces = '']) => ({
    name,
    labels: Array.from(braces.matchAll(/([a-z_]+)\s*(?:=~|!~|!=|=)/g), ([, label = '']) => label),
  })).filter(({ name }) => /^(membership_gateway|nodejs|process)_/.test(name) || name === 'up');
}

/** Where an expression is none of PromQL, as the texts that do not fit. */
export function listSyntaxErrors(expr: string): readonly string[] {
  const errors: string[] = [];
  parser.parse(expr).iterate({
    enter: ({ type, from }) => {
      if (type.isError) errors.push(expr.slice(from));
    },
  });
  return errors;
}

/** Asserts that an expression names metrics that a gateway shows, by labels that they have. */
export function expectKnown(expr: string, samples: readonly Sample[]): void {
  const selectors = listSelectors(expr);
  expect(selectors.length).toBeGreaterThan(0);
  for (const { name, labels } of selectors) {
    if (foreign.has(name)) continue;
    const found = samples.filter((sample) => sample.name === name);
    expect(found, name).not.toEqual([]);
    const known = [...scraped, ...Object.keys(found[0]?.labels ?? {})];
    for (const label of labels) expect(known, `${name}{${label}}`).toContain(label);
  }
  const [{ name } = { name: '' }] = selectors;
  const all = samples
    .filter((sample) => sample.name === name)
    .flatMap((one) => Object.keys(one.labels));
  for (const [, by = ''] of expr.matchAll(/\bby \(([^)]*)\)/g)) {
    for (const label of by.split(',')) expect([...scraped, ...all]).toContain(label.trim());
  }
}
