import { vendorKeys, vendors } from '../vendors/index.ts';

/** The incoming credential headers of all vendors, in lower case. */
export const credentialHeaders: readonly string[] = vendorKeys.flatMap((key) =>
  vendors[key].credentialHeaders.map(({ incoming }) => incoming),
);

/**
 * Headers that prove a preflight, in lower case. Two of them are sent by Apollo's clients for this purpose. Headers of
 * tracing are not included, since proxies add them to any request.
 */
export const preflightedHeaders: readonly string[] = [
  'authorization',
  'x-request-id',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  ...credentialHeaders,
];

/** All headers that pages of other origins may send, in lower case. The gateway ignores most: libraries add them. */
export const pageHeaders: readonly string[] = [
  'content-type',
  'graphql-cost',
  'traceparent',
  'tracestate',
  'baggage',
  'sentry-trace',
  'x-apollo-operation-id',
  'x-apollo-operation-type',
  'apollographql-client-name',
  'apollographql-client-version',
  'graphql-client-name',
  'graphql-client-version',
  ...preflightedHeaders,
];
