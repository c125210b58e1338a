import type { FieldRef } from '@pothos/core';
import type { ExtendedSchemaTypes } from './builder.ts';

/** The names of an entity's properties that hold a value of a type or null. */
type NameOf<Entity, Value> = {
  [Name in keyof Entity & string]: Entity[Name] extends Value | null ? Name : never;
}[keyof Entity & string];

interface Values {
  String: string;
  Boolean: boolean;
  DateTime: string;
}

/**
 * Returns a nullable field for each of some properties of an entity.
 *
 * @param type the type of all these fields
 * @param descriptions the fields' descriptions by their names, which are those of the properties
 */
export function exposeEach<
  Entity,
  Type extends keyof Values,
  Name extends NameOf<Entity, Values[Type]>,
>(
  t: PothosSchemaTypes.ObjectFieldBuilder<ExtendedSchemaTypes, Entity>,
  type: Type,
  descriptions: Readonly<Record<Name, string>>,
) {
  const fields = Object.entries<string>(descriptions).map(([name, description]) => [
    name,
    t.expose(name as never, { type, nullable: true, description } as never),
  ]);
  return Object.fromEntries(fields) as Record<
    Name,
    FieldRef<ExtendedSchemaTypes, Values[Type] | null>
  >;
}
