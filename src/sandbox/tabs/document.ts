import type { GraphiQLTab } from '../../graphiql/page.ts';
import { selectHeaders } from '../credentials.ts';

/** An example of a mutation. */
export interface Example {
  /** The name of the operation and of the tab. */
  readonly title: string;
  readonly mutation: string;
  readonly input: Readonly<Record<string, string>>;
  /** The selection for each type: a list of fields, one per line. */
  readonly selections: Readonly<Record<string, string>>;
  readonly token?: string;
}

const errorFields = `message
outcome
retryable
vendorStatus
vendorMessage
requestId`;

/** Creates the tab for an example. */
export function createTab(example: Example): GraphiQLTab {
  const { title, mutation, input, token } = example;
  return {
    title,
    query: renderDocument(example),
    variables: formatJson({ input }),
    headers: formatJson(selectHeaders(mutation, token)),
  };
}

/** Returns a mutation's name with an upper-case first letter, as in the names of its types. */
export function toTypeName(mutation: string): string {
  return mutation.charAt(0).toUpperCase() + mutation.slice(1);
}

/** Formats a value as indented JSON. */
export function formatJson(value: object): string {
  return JSON.stringify(value, null, 2);
}

function renderDocument({ title, mutation, selections }: Example): string {
  const all = Object.entries({ ...selections, MembershipError: errorFields });
  const parts = all.map(
    ([type, fields]) => `    ... on ${type} {\n${indentLines(fields, '      ')}\n    }`,
  );
  return `mutation ${title}($input: ${toTypeName(mutation)}Input!) {
  ${mutation}(input: $input) {
    __typename
${parts.join('\n')}
  }
}
`;
}

function indentLines(lines: string, by: string): string {
  return lines.replaceAll(/^/gm, by);
}
