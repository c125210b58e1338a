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
([more](../README.md#look-before-you-change)). Requests that the gateway itself refuses have
[codes of their own](../client/README.md#what-became-of-a-change).`;

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
  return `${[head, ...sections, last].join('\n\n')}\n`;
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
