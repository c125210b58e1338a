import type { CodegenPlugin } from '@graphql-codegen/plugin-helpers';
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isUnionType,
} from 'graphql';

const family = 'MembershipError';

const head = `<!-- Made by \`npm run codegen\` from the descriptions in the schema. -->

# Errors

Every error that a mutation may answer: why it comes, what to show, what to do.

**Read \`outcome\` first.** \`NOT_APPLIED\` means that this call changed nothing. After \`UNKNOWN\`, which any of them may
have once an attempt before may have arrived, show that it is not known whether the change was made, and look at the
vendor before anything else. Send the same call again only where \`retryable\` is true.

\`message\` is safe to show. In place of it the client has
[sentences for people](../client/README.md#sentences-for-people), which tell what to do as well, in any language.

In a query the same failures stand in \`errors\`, with the type's name as \`extensions.code\`: \`RATE_LIMITED_ERROR\`
([more](../README.md#look-before-you-change)). Requests that the gateway itself rejects have
[codes of their own](#rejected-before-anything-runs).

**One success shows little.** For callers with the permission \`kick-user-from-any-p-room\`, Rocket.Chat also confirms the
removal of a user who is not in the room. So a second \`removeChatGroupMember\` that is confirmed does not show whether the
first one took effect. Such callers can be outside the room, and then cannot read the change back: \`outcome\` is \`UNKNOWN\`
if the response is lost.`;

const limitedReads = `## Reads that exceed a limit

A query is calculated before it runs, with 20 items for each list that has no \`first\`. If the vendors' lists turn out
longer, the fields that no longer fit are \`null\`, each with an entry in \`errors\`; the rest of the answer is whole. In
the client both are a \`ReadError\`. Sending the same document again gives the same error (\`retryable\` is false).

| \`code\` | reason | do |
|---|---|---|
| \`RESULT_TOO_LARGE\` | With this list the answer would have more fields than \`MAX_RESULT_FIELDS\` (70,000 by default). | Ask for fewer objects (a smaller \`first\` for the list around it, then its next page) or for fewer fields of each. If you operate the gateway, you can raise the limit. |
| \`TOO_MANY_VENDOR_CALLS\` | The document has made as many calls to the vendors as \`MAX_VENDOR_CALLS\` allows (500 by default), its repeated attempts included. The read was not made. | As above. |`;

const rejections = `## Rejected before anything runs

The gateway answers these requests itself. Nothing was sent to a vendor, and nothing was changed. The body is JSON in the
media type that \`Accept\` asks for, \`application/json\` if it allows none of GraphQL's: an entry in \`errors\` with
\`extensions { code requestId }\`, and no \`data\`. The same request gets the same answer, except after 408, 429 and 503.

A request that is not valid HTTP/1.1, or does not arrive in time, gets 400, 408, 413 or 431 in \`application/json\`, and the
connection is closed. If the answer to an earlier request on that connection is still due, that answer is sent and the
connection is closed without another one.

| status | \`code\` | reason |
|---|---|---|
| 400 | \`BAD_REQUEST\` | The body or a parameter is malformed, the \`Host\` header is malformed or sent more than once, or the request is not valid HTTP/1.1. Correct the request. |
| 400 | \`CSRF\` | Any web page could have sent the request: see [Pages](../README.md#run-it-over-the-real-vendors). |
| 400 | \`DOCUMENT_NOT_TRUSTED\` | The gateway answers trusted documents only, and this is none of them. |
| 401 | \`UNAUTHENTICATED\` | The request does not identify a caller. |
| 405 | \`METHOD_NOT_ALLOWED\` | The method is neither GET nor POST, or a mutation came in a GET. |
| 406 | \`NOT_ACCEPTABLE\` | \`Accept\` allows neither \`application/json\` nor \`application/graphql-response+json\`. |
| 408 | \`REQUEST_TIMEOUT\` | The head of the request did not arrive within 10 s, or the whole request within 30 s. Send it again on a new connection. |
| 413 | \`REQUEST_ENTITY_TOO_LARGE\` | The body is larger than \`MAX_BODY_BYTES\`, or its chunk extensions are larger than 16 KiB. |
| 415 | \`UNSUPPORTED_MEDIA_TYPE\` | The body has another content type or charset than the API reads, or is compressed. |
| 429 | \`CALLER_LIMIT\` | The caller has reached a limit; \`Retry-After\` says when to try again. |
| 431 | \`REQUEST_HEADER_FIELDS_TOO_LARGE\` | The request line and the headers are larger than 16 KiB. Send fewer or shorter headers, and long documents in a POST. |
| 501 | \`NOT_IMPLEMENTED\` | The body has a transfer coding other than \`chunked\`. Send it with \`Content-Length\` or in chunks. |
| 503 | \`STOPPING\` | The gateway is stopping. |
| 503 | \`TRY_LATER\` | The caller's token cannot be checked at the moment; \`Retry-After\` says when to try again. |
| 400, in \`application/json\` 200 | \`GRAPHQL_PARSE_FAILED\` | The document is not GraphQL, or has more tokens than \`MAX_TOKENS\`. |
| 400, in \`application/json\` 200 | \`GRAPHQL_VALIDATION_FAILED\` | The document does not fit the schema. |
| 400, in \`application/json\` 200 | \`OPERATION_RESOLUTION_FAILURE\` | \`operationName\` does not identify an operation that can run. |
| 400, in \`application/json\` 200 | \`BAD_USER_INPUT\` | The variables do not fit their types, or hold an integer beyond ±9007199254740991. Send a longer ID as a string. |
| 400, in \`application/json\` 200 | \`DOCUMENT_TOO_LARGE\` | The document exceeds the limit that \`limit\` names, such as \`depth\`. |
| 400 | \`DOCUMENT_TOO_LARGE\` | \`limit\` is \`variables\`, \`vendorCalls\` or \`resultFields\`: too many values, calls to vendors, or fields in the answer. |
| 200 | \`PERSISTED_QUERY_NOT_SUPPORTED\` | A persisted query came without its document. Send the document. |`;

/**
 * A plugin of GraphQL Code Generator: a page in Markdown about the types that implement `MembershipError`.
 *
 * @throws {Error} where the description of one lacks its cause, what to show or what to do
 */
export const plugin: CodegenPlugin['plugin'] = (schema) => {
  const base = schema.getType(family);
  if (!isInterfaceType(base)) throw new Error(`the schema has no interface ${family}`);
  const types = schema.getImplementations(base).objects.toSorted(byName);
  const shared = Object.values(base.getFields());
  const ownOf = (type: GraphQLObjectType) =>
    Object.values(type.getFields()).filter(({ name }) => !shared.some((one) => one.name === name));
  const sections = types.map((type) => section(schema, type, ownOf(type)));
  const last = `## What all of them have\n\n${shared.map(bullet).join('\n')}`;
  return `${[head, ...sections, last, limitedReads, rejections].join('\n\n')}\n`;
};

function byName(one: GraphQLObjectType, other: GraphQLObjectType): number {
  return one.name < other.name ? -1 : 1;
}

type Field = GraphQLField<unknown, unknown>;

function section(schema: GraphQLSchema, type: GraphQLObjectType, own: readonly Field[]): string {
  const { cause, show, act } =
    /^(?<cause>.+)\n\nShow: (?<show>.+)\n\nDo: (?<act>.+)$/.exec(type.description ?? '')?.groups ??
    {};
  if (!cause || !show || !act) {
    throw new Error(
      `the description of ${type.name}: takes three paragraphs, the cause, "Show: …" and "Do: …"`,
    );
  }
  return [
    `## ${type.name}\n`,
    `- **Cause:** ${cause}`,
    `- **Show:** ${show}`,
    `- **Do:** ${act}`,
    `- **From:** ${mutationsOf(schema, type)}.`,
    ...own.map(bullet),
  ].join('\n');
}

/** The mutations whose result may be of the type. */
function mutationsOf(schema: GraphQLSchema, type: GraphQLObjectType): string {
  const all = Object.values(schema.getMutationType()?.getFields() ?? {});
  const from = all.filter((field) => {
    const result = getNamedType(field.type);
    return isUnionType(result) && result.getTypes().includes(type);
  });
  return from.length === all.length
    ? 'every mutation'
    : from.map(({ name }) => `\`${name}\``).join(', ');
}

/** A field, with the values that it may have where they are an enum's. */
function bullet({ name, type, description }: Field): string {
  const named = getNamedType(type);
  const values = isEnumType(named) ? named.getValues() : [];
  const lines = values.map((value) => `  - \`${value.name}\`: ${value.description}`);
  return [`- \`${name}\`: ${description}`, ...lines].join('\n');
}
