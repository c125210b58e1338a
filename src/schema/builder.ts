import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import { isObjectType } from 'graphql';
import type { Context } from '../context.ts';
import type { Moment } from '../domain/entities.ts';
import { declareCost } from './cost.ts';
import { rejectId, relay } from './relay.ts';
import { DateTime, JSONObject } from './scalars.ts';

/** What the schema is made from, for Pothos's types. */
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

/** The builder that all types are defined with. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [RelayPlugin],
  defaultFieldNullability: false,
  relay: {
    ...relay,
    nodeQueryOptions: {
      ...declareCost(2),
      description:
        'Whatever has this id: null where it does not exist any more, or belongs to another tenant. Costs what the query of its type costs.',
      args: { id: { description: 'The opaque id of an entity.' } },
      resolve: (_root, { id }, _context, { schema }, resolveNode) => {
        const type = schema.getType(id.typename);
        const isNode =
          isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node');
        if (!isNode) throw rejectId();
        return resolveNode(id);
      },
    },
  },
});

builder.addScalarType('DateTime', DateTime);
builder.addScalarType('JSONObject', JSONObject);

builder.queryType({
  description:
    'What the vendors keep. A read that fails is null and stands in errors, with the code of its error type in upper snake case.',
});

builder.mutationType({
  description:
    'Changes of memberships. Root fields run one after the other, in the order in which they are written.',
});
