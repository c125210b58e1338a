import type { GraphiQLTab } from '../../graphiql/page.ts';
import { headersOf } from '../credentials.ts';

/** A call of a mutation to be shown. */
export interface Example {
  /** The operation's name: what the tab is called. */
  readonly title: string;
  readonly mutation: string;
  readonly input: Readonly<Record<string, string>>;
  /** What is selected, by type: each a list of fields, one a line. */
  readonly selections: Readonly<Record<string, string>>;
  readonly token?: string;
}

const errorFields = `message
outcome
retryable
vendorStatus
vendorMessage
requestId`;

/** The tab in which an example stands ready to run. */
export function tabOf(example: Example): GraphiQLTab {
  const { title, mutation, input, token } = example;
  return {
    title,
    query: documentOf(example),
    variables: pretty({ input }),
    headers: pretty(headersOf(mutation, token)),
  };
}

/** A name with its first letter in upper case, as types begin. */
export function typeNameOf(mutation: string): string {
  return mutation.charAt(0).toUpperCase() + mutation.slice(1);
}

/** JSON for people. */
export function pretty(value: object): string {
  return JSON.stringify(value, null, 2);
}

function documentOf({ title, mutation, selections }: Example): string {
  const all = Object.entries({ ...selections, MembershipError: errorFields });
  const parts = all.map(
    ([type, fields]) => `    ... on ${type} {\n${indented(fields, '      ')}\n    }`,
  );
  return `mutation ${title}($input: ${typeNameOf(mutation)}Input!) {
  ${mutation}(input: $input) {
    __typename
${parts.join('\n')}
  }
}
`;
}

function indented(lines: string, by: string): string {
  return lines.replaceAll(/^/gm, by);
}
