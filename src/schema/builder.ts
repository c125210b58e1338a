import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import { DateTimeResolver } from 'graphql-scalars';
import type { Context } from '../context.ts';

/** What the schema is made from, for Pothos's types. */
export interface SchemaTypes {
  DefaultFieldNullability: false;
  Context: Context;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
  };
}

/** The builder that all types are defined with. */
export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [ErrorsPlugin],
  defaultFieldNullability: false,
  errors: { directResult: true, defaultTypes: [] },
});

builder.addScalarType('DateTime', DateTimeResolver);

builder.queryType({ description: 'What the gateway knows by itself. It asks no vendor.' });

builder.mutationType({
  description:
    'Changes of memberships. Root fields run one after the other, in the order in which they are written.',
});
