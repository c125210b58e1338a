import type { Load } from '../lib/load.ts';
import {
  createCredentials,
  createDocumentLoad,
  createFieldsLoad,
  createPersonsLoad,
} from '../lib/requests.ts';

/** A series of growing requests. */
export interface Series {
  readonly title: string;
  readonly sizes: readonly number[];
  /** `operation` if one operation grows, `turn` if the number of different operations in turn grows. */
  readonly of: 'operation' | 'turn';
  readonly load: (size: number) => Load;
  readonly connections: number;
  /** In each of the batches of which the least is taken. */
  readonly operations: number;
}

const createBody = (query: string) => JSON.stringify({ query });
const change =
  'attachStreamLeader(input: {streamId: 7, leaderId: 42}) { ... on ChangeResult { outcome } }';
const createAliases = (count: number) =>
  Array.from({ length: count }, (_, index) => `a${index}: outcome`).join(' ');

/** The series. */
export const series: readonly Series[] = [
  {
    title: 'root fields',
    of: 'operation',
    sizes: [1, 2, 5, 10, 20],
    load: (size) => createFieldsLoad(size)('ours'),
    connections: 8,
    operations: 600,
  },
  {
    title: 'nested persons',
    of: 'operation',
    sizes: [1, 10, 30, 90],
    load: (size) => createPersonsLoad(size)('ours'),
    connections: 16,
    operations: 600,
  },
  {
    title: 'fields of a document that is known',
    of: 'operation',
    sizes: [1, 20, 190],
    load: (size) =>
      createDocumentLoad(
        () =>
          createBody(
            `mutation { attachStreamLeader(input: {streamId: 7, leaderId: 42}) { ... on ChangeResult { ${createAliases(size)} } } }`,
          ),
        '"APPLIED"',
        { times: size },
      ),
    connections: 64,
    operations: 2_000,
  },
  {
    title: 'fields of a document that is new each time',
    of: 'operation',
    sizes: [1, 20, 190],
    load: (size) =>
      createDocumentLoad(
        (index) =>
          createBody(
            `mutation M${index} { attachStreamLeader(input: {streamId: 7, leaderId: 42}) { ... on ChangeResult { ${createAliases(size)} } } }`,
          ),
        '"APPLIED"',
        { times: size },
      ),
    connections: 64,
    operations: 1_000,
  },
  {
    title: 'characters of a document that is new each time',
    of: 'operation',
    sizes: [100, 1_000, 10_000, 90_000],
    load: (size) =>
      createDocumentLoad(
        (index) => createBody(`mutation { ${change} } #${index}${'x'.repeat(size)}`),
        'APPLIED',
      ),
    connections: 64,
    operations: 1_000,
  },
  {
    title: 'distinct documents',
    of: 'turn',
    sizes: [1, 100, 1_000, 10_000, 100_000],
    load: (size) =>
      createDocumentLoad(
        (index) => createBody(`mutation M${index % size} { ${change} }`),
        'APPLIED',
      ),
    connections: 64,
    operations: 10_000,
  },
  {
    title: 'distinct credentials',
    of: 'turn',
    sizes: [10, 100, 1_000, 10_000],
    load: (size) => ({
      path: '/graphql',
      headers: (index) => createCredentials(index % size),
      body: () => createBody(`mutation { ${change} }`),
      expected: 'APPLIED',
    }),
    connections: 64,
    operations: 10_000,
  },
];
