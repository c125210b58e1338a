import { countParser } from './parsers.ts';
import { defineVariable, type Row } from './variable.ts';

/** The limits on one request and its document. */
export const limitRows = [
  {
    variables: { MAX_BODY_BYTES: defineVariable(countParser, '100000') },
    meaning: 'bytes in a request body',
  },
  {
    variables: {
      MAX_TOKENS: defineVariable(countParser, '5000'),
      MAX_DEPTH: defineVariable(countParser, '16'),
      MAX_ALIASES: defineVariable(countParser, '200'),
      MAX_DIRECTIVES: defineVariable(countParser, '50'),
      MAX_FRAGMENTS: defineVariable(countParser, '30'),
    },
    meaning: 'size of a document: tokens, depth, aliases, directives and named fragments',
  },
  {
    variables: { MAX_FIELDS: defineVariable(countParser, '10000') },
    meaning: 'fields and fragments in a document, with each fragment counted wherever it is spread',
  },
  {
    variables: { MAX_REPEATS: defineVariable(countParser, '5000') },
    meaning:
      'pairs of fields that have the same response name, including those in fragments; validation compares each pair',
  },
  {
    variables: { MAX_INTROSPECTION: defineVariable(countParser, '5') },
    meaning:
      '`__schema` and `__type` fields in a document, including aliases of them: each may return the whole schema',
  },
  {
    variables: { MAX_VARIABLES: defineVariable(countParser, '1000') },
    meaning: "values in a request's variables, including those inside lists and inputs",
  },
  {
    variables: { MAX_CHANGES: defineVariable(countParser, '20') },
    meaning: 'root mutation fields in a document',
  },
  {
    variables: { MAX_VENDOR_CALLS: defineVariable(countParser, '500') },
    meaning: 'calls to vendors per document; each attempt of a read counts, including retries',
  },
  {
    variables: { MAX_RESULT_FIELDS: defineVariable(countParser, '70000') },
    meaning: 'fields in a response, each counted for every list item that has it',
  },
] as const satisfies readonly Row[];
