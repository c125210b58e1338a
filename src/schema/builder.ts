import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import { isObjectType } from 'graphql';
import type { Context } from '../context.ts';
import type { Moment } from '../domain/entities.ts';
import { declareCost } from './cost.ts';
import { createIdError, relay } from './relay.ts';
import { DateTime, JSONObject } from './scalars.ts';

/** The types that Pothos checks the schema's definitions against. */
export interface SchemaTypes {
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Context: Context;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Moment; Output: Moment };
    JSONObject: { Input: object; Output: object };
  };
}

/** {@link SchemaTypes} with the defaults of Pothos, as the types of its builders expect them. */
export type ExtendedSchemaTypes = PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>;

/** The builder that defines all types. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [RelayPlugin],
  defaultFieldNullability: false,
  relay: {
    ...relay,
    nodeQueryOptions: {
      ...declareCost(2),
      description:
        "Reads an entity again by its opaque ID. It is null if the entity no longer exists or belongs to another tenant. It costs as many vendor calls as the query field of the entity's type.",
      args: { id: { description: 'The opaque ID of the entity.' } },
      resolve: (_root, { id }, _context, { schema }, resolveNode) => {
        const type = schema.getType(id.typename);
        const isNode =
          isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node');
        if (!isNode) throw createIdError();
        return resolveNode(id);
      },
    },
  },
});

builder.addScalarType('DateTime', DateTime);
builder.addScalarType('JSONObject', JSONObject);

builder.queryType({
  description:
    'Reads from the vendors. A read that fails is null and has an entry in `errors`, whose code is the name of its error type in upper snake case, such as `RATE_LIMITED_ERROR`.',
});

builder.mutationType({
  description:
    'Changes of memberships. The root fields of a mutation run one after the other, in the order in which they are written.',
});
