import { GraphQLError, GraphQLScalarType, type GraphQLSchema, isScalarType, Kind } from 'graphql';
import { anyObject, type Decoder, string } from '../domain/decode.ts';
import { moment } from '../domain/decode-time.ts';
import type { Moment } from '../domain/entities.ts';

/** The scalar of a {@link Moment}, which was normalized when it was read. */
export const DateTime = new GraphQLScalarType<Moment, Moment>({
  name: 'DateTime',
  description:
    'A date and time in UTC in the `date-time` format of RFC 3339, section 5.6, such as `2007-12-03T10:15:30Z`.',
  serialize: (value) => decodeScalar('DateTime', string, value),
  parseValue: (value) => decodeScalar('DateTime', moment, value),
});

/** The scalar of a JSON object with any content. */
export const JSONObject = new GraphQLScalarType<object, object>({
  name: 'JSONObject',
  description:
    'A JSON object as specified by [ECMA-404](http://www.ecma-international.org/publications/files/ECMA-ST/ECMA-404.pdf).',
  specifiedByURL: 'http://www.ecma-international.org/publications/files/ECMA-ST/ECMA-404.pdf',
  serialize: (value) => decodeScalar('JSONObject', anyObject, value),
  parseValue: (value) => decodeScalar('JSONObject', anyObject, value),
});

/** @throws {GraphQLError} if the value does not belong to the scalar */
function decodeScalar<T>(scalar: string, decode: Decoder<T>, value: unknown): T {
  const decoded = decode(value);
  if (decoded === undefined) throw new GraphQLError(`${scalar} cannot represent this value.`);
  return decoded;
}

/**
 * Makes a schema reject an ID that is written as an integer which most JSON parsers would round: as a variable, the same
 * integer would identify something else. Pothos uses GraphQL's own ID and no other, so its function is replaced.
 */
export function requireExactIds(schema: GraphQLSchema): void {
  const id = schema.getType('ID');
  if (!isScalarType(id)) return;
  const { parseLiteral } = id;
  id.parseLiteral = (node, variables) => {
    if (node.kind === Kind.INT && !Number.isSafeInteger(Number(node.value))) {
      throw createInexactIdError();
    }
    return parseLiteral(node, variables);
  };
}

function createInexactIdError(): GraphQLError {
  const message = `ID expects a string, or an integer up to ${Number.MAX_SAFE_INTEGER}. Send it as a string.`;
  return new GraphQLError(message);
}
