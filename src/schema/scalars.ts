import { GraphQLError, GraphQLScalarType, type GraphQLSchema, isScalarType, Kind } from 'graphql';
import { anyObject, type Decoder, string } from '../domain/decode.ts';
import { moment } from '../domain/decode-time.ts';
import type { Moment } from '../domain/entities.ts';

/** A moment, which has been brought into its form where it was read. */
export const DateTime = new GraphQLScalarType<Moment, Moment>({
  name: 'DateTime',
  description:
    'A date-time string at UTC, such as 2007-12-03T10:15:30Z, compliant with the `date-time` format outlined in section 5.6 of the RFC 3339 profile of the ISO 8601 standard for representation of dates and times using the Gregorian calendar.',
  serialize: (value) => shown('DateTime', string, value),
  parseValue: (value) => shown('DateTime', moment, value),
});

/** An object of JSON, whatever is in it. */
export const JSONObject = new GraphQLScalarType<object, object>({
  name: 'JSONObject',
  description:
    'The `JSONObject` scalar type represents JSON objects as specified by [ECMA-404](http://www.ecma-international.org/publications/files/ECMA-ST/ECMA-404.pdf).',
  specifiedByURL: 'http://www.ecma-international.org/publications/files/ECMA-ST/ECMA-404.pdf',
  serialize: (value) => shown('JSONObject', anyObject, value),
  parseValue: (value) => shown('JSONObject', anyObject, value),
});

/** @throws {GraphQLError} where the value is none of the scalar's */
function shown<T>(scalar: string, form: Decoder<T>, value: unknown): T {
  const read = form(value);
  if (read === undefined) throw new GraphQLError(`${scalar} cannot represent this value.`);
  return read;
}

/**
 * Makes a schema refuse integers for an ID that most readers of JSON would round: as a variable, the same integer
 * names something else. Pothos takes GraphQL's own ID and no other, so that its function is replaced.
 */
export function requireExactIds(schema: GraphQLSchema): void {
  const id = schema.getType('ID');
  if (!isScalarType(id)) return;
  const { parseLiteral } = id;
  id.parseLiteral = (node, variables) => {
    if (node.kind === Kind.INT && !Number.isSafeInteger(Number(node.value))) throw inexactId();
    return parseLiteral(node, variables);
  };
}

function inexactId(): GraphQLError {
  const message = `ID expects a string, or an integer up to ${Number.MAX_SAFE_INTEGER}. Send it as a string.`;
  return new GraphQLError(message);
}
