import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/index.ts';
import { createGateway } from '../../src/gateway.ts';
import { testGateway } from '../support/gateway.ts';

const off = { KAITEN_URL: 'https://kaiten.invalid' };
const query = 'query Known($x: Boolean = true) { vendors @include(if: $x) { title } }';
const hash = createHash('sha256').update(query).digest('hex');

async function startManifest(manifest: unknown) {
  const folder = await mkdtemp(join(tmpdir(), 'trusted-'));
  const file = join(folder, 'persisted-documents.json');
  await writeFile(file, typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
  return { file, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

test.each([
  ['documentId', { documentId: hash }],
  ['documentId with the name of the hash', { documentId: `sha256:${hash}` }],
  ['Apollo’s extension', { extensions: { persistedQuery: { version: 1, sha256Hash: hash } } }],
  ['variables', { documentId: hash, variables: { x: true } }],
])('accepts a trusted document by %s', async (_name, body) => {
  await using manifest = await startManifest({ [hash]: query });
  await using gateway = testGateway({ ...off, TRUSTED_DOCUMENTS_FILE: manifest.file });
  const response = await gateway.gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(await response.json()).toMatchObject({
    data: { vendors: [{ title: 'Wethod' }, {}, {}, {}] },
  });
});

test.each([
  ['the document itself', { query }],
  ['another document', { query: '{ __typename }' }],
  ['a document beside a good hash', { query: '{ __typename }', documentId: hash }],
  ['another hash', { documentId: hash.replace(/^./, 'x') }],
  ['nothing', {}],
  ['a hash that is no text', { documentId: 1 }],
  ['a name of every object', { documentId: 'constructor' }],
])('rejects %s', async (_name, body) => {
  await using manifest = await startManifest({ [hash]: query });
  await using gateway = testGateway({ ...off, TRUSTED_DOCUMENTS_FILE: manifest.file });
  const response = await gateway.gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(400);
  const { data, errors } = (await response.json()) as { data?: unknown; errors: object[] };
  expect(data).toBeUndefined();
  expect(errors).toHaveLength(1);
});

test.each([
  ['no JSON', 'x', /JSON/],
  ['a list', [query], /expected a JSON object/],
  ['a document under another hash', { [hash]: '{ __typename }' }, /has the SHA-256/],
])('a file that is %s prevents startup with one line', async (_name, content, said) => {
  await using manifest = await startManifest(content);
  const config = parseConfig({ ...off, TRUSTED_DOCUMENTS_FILE: manifest.file });
  expect(() => createGateway(config)).toThrow(said);
  expect(() => createGateway(config)).toThrow(/^TRUSTED_DOCUMENTS_FILE: /);
});
