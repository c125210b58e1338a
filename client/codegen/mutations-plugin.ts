import type { CodegenPlugin, Types } from '@graphql-codegen/plugin-helpers';
import { type GraphQLSchema, isEnumType, Kind, type OperationDefinitionNode } from 'graphql';
import { vendorKeys, vendors } from '../../src/vendors/index.ts';
import { renderDocstring } from './docstring.ts';

/** A mutation of the client. */
interface Mutation {
  /** Its root field, and the name of its function. */
  readonly field: string;
  /** The name of its operation, which the names of its types begin with. */
  readonly name: string;
  /** The comment before its operation: what it does. */
  readonly purpose: string;
  readonly vendor: { readonly key: string; readonly title: string };
}

/**
 * Generates a function and the types of each mutation, from its operation, the comment before it, and its vendor's
 * declaration. For a file `by-mutation.ts`, it generates what the client needs for each of them inside.
 *
 * @throws {Error} if a mutation has no comment or no vendor
 */
export const plugin: CodegenPlugin['plugin'] = (schema, documents, _config, info) => {
  const mutations = listMutations(documents);
  return info?.outputFile?.endsWith('by-mutation.ts')
    ? renderByMutation(mutations, listEndings(schema))
    : renderMutations(mutations);
};

function renderMutations(mutations: readonly Mutation[]): string {
  const types = mutations.flatMap(({ name }) => [`  ${name}Input,`, `  ${name}Mutation,`]);
  const inputs = mutations.map(({ name }) => `  ${name}Input,`).toSorted();
  return [
    `import { change } from '../change.ts';
import type { Gateway } from '../gateway.ts';
import type { Keyed } from '../results.ts';
import * as operations from './operations.ts';
import type {\n${types.join('\n')}\n} from './types.ts';`,
    `export type {\n${inputs.join('\n')}\n} from './types.ts';`,
    ...mutations.map(renderMutation),
    `/** The result of any mutation. */
export type ChangeResult =\n${mutations.map(({ name }) => `  | ${name}Result`).join('\n')};`,
  ].join('\n\n');
}

function renderByMutation(mutations: readonly Mutation[], endings: readonly string[]): string {
  const ending = mutations.map(({ field }) => field).filter((field) => endings.includes(field));
  const successes = mutations.map(({ name }) => `    ${name}Success: sentence,`);
  return [
    `import {\n${ending.map((field) => `  ${field},`).join('\n')}\n} from './mutations.ts';`,
    `/** The mutations that end a membership. */
export const endingMutations = {\n${ending.map((field) => `  ${field},`).join('\n')}\n};`,
    `/** Adds the same sentence for the success of every mutation to other sentences. */
export function addSuccesses<Sentence, Others extends object>(sentence: Sentence, others: Others) {
  return {\n${successes.join('\n')}\n    ...others,\n  };
}`,
  ].join('\n\n');
}

function listMutations(documents: readonly Types.DocumentFile[]): readonly Mutation[] {
  const definitions = documents.flatMap(({ document }) => document?.definitions ?? []);
  return definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION && one.operation === 'mutation' ? toMutation(one) : [],
  );
}

function toMutation({ name, selectionSet, loc }: OperationDefinitionNode): Mutation {
  const [root] = selectionSet.selections;
  const field = root?.kind === Kind.FIELD ? root.name.value : '';
  const comment = loc?.startToken.prev;
  const key = vendorKeys.find((one) => Object.hasOwn(vendors[one].changes, field));
  if (name === undefined || comment?.kind !== 'Comment' || key === undefined) {
    throw new Error(`${field}: expected a named mutation of a vendor, with a comment before it.`);
  }
  const purpose = comment.value.trim();
  return { field, name: name.value, purpose, vendor: { key, title: vendors[key].title } };
}

function listEndings(schema: GraphQLSchema): readonly string[] {
  const type = schema.getType('EndingMutation');
  return isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
}

function renderMutation({ field, name, purpose, vendor }: Mutation): string {
  const docstring = renderDocstring(
    `${purpose} Sends the credentials for ${vendor.title} only.`,
    '@throws {GatewayError} if the gateway returned no result; see its `outcome`',
  );
  return `/** The result of \`${field}\`. */
export type ${name}Result = NonNullable<${name}Mutation['${field}']>;

${docstring}
export function ${field}(gateway: Gateway, input: ${name}Input): Promise<Keyed<${name}Result>> {
  return change(gateway, {
    field: '${field}',
    operation: operations.${field},
    variables: { input },
    vendors: ['${vendor.key}'],
  });
}`;
}
