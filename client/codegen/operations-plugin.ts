import { createHash } from 'node:crypto';
import type { CodegenPlugin } from '@graphql-codegen/plugin-helpers';
import {
  concatAST,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
  stripIgnoredCharacters,
  visit,
} from 'graphql';

/** An operation as it is sent: its minified text, and the SHA-256 of the text. */
interface Sent {
  readonly name: string;
  readonly kind: string;
  readonly text: string;
  readonly id: string;
}

/**
 * Generates each operation's text and its SHA-256 as plain literals, which bundlers drop if they are not used. For a
 * `.json` file, it generates the manifest of trusted documents instead: the texts by their SHA-256.
 */
export const plugin: CodegenPlugin['plugin'] = (_schema, documents, _config, info) => {
  const all = concatAST(documents.flatMap(({ document }) => document ?? []));
  const sent = listOperations(all);
  if (info?.outputFile?.endsWith('.json')) {
    const byId = Object.fromEntries(sent.map(({ id, text }) => [id, text]));
    return `${JSON.stringify(byId, null, 2)}\n`;
  }
  const types = sent.flatMap(({ name, kind }) => [
    `  ${name}${kind},`,
    `  ${name}${kind}Variables,`,
  ]);
  return [
    'import type { Operation } from "../operation.ts";',
    `import type {\n${types.join('\n')}\n} from './types.ts';`,
    ...sent.map(toConstant),
  ].join('\n\n');
};

function listOperations({ definitions }: DocumentNode): readonly Sent[] {
  const fragments = new Map(
    definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  return definitions.flatMap((one) => {
    if (one.kind !== Kind.OPERATION_DEFINITION || one.name === undefined) return [];
    const used = [...collectFragments(one, fragments)].sort();
    const nodes = [one, ...used.map((name) => fragments.get(name) as FragmentDefinitionNode)];
    const text = stripIgnoredCharacters(nodes.map(print).join('\n'));
    const id = createHash('sha256').update(text).digest('hex');
    const kind = one.operation === 'mutation' ? 'Mutation' : 'Query';
    return [{ name: one.name.value, kind, text, id }];
  });
}

/** Collects the names of the fragments that an operation uses, including nested ones. */
function collectFragments(
  node: OperationDefinitionNode | FragmentDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  found: Set<string> = new Set(),
): Set<string> {
  visit(node, {
    FragmentSpread: ({ name: { value } }) => {
      const fragment = fragments.get(value);
      if (fragment === undefined || found.has(value)) return;
      collectFragments(fragment, fragments, found.add(value));
    },
  });
  return found;
}

function toConstant({ name, kind, text, id }: Sent): string {
  const constant = name.charAt(0).toLowerCase() + name.slice(1);
  return `export const ${constant}: Operation<${name}${kind}, ${name}${kind}Variables> = {
  id: '${id}',
  text: ${JSON.stringify(text)},
};`;
}
