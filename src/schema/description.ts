import { type VendorKey, vendors } from '../vendors/index.ts';

/** What is told of a root field beside what it does. */
export interface RootFieldFacts {
  readonly vendor: VendorKey;
  /** The vendor's endpoint, such as `GET /api/streams`. */
  readonly call: string;
  /** The permission that the vendor asks for: in words, or in backticks where it is a name. */
  readonly permission: string;
}

/**
 * The description of a root field in Markdown: what it does, then a list of what it takes.
 *
 * @param what one or more sentences
 */
export function describeRootField(
  what: string,
  { vendor, call, permission }: RootFieldFacts,
): string {
  const headers = vendors[vendor].credentialHeaders.map(({ incoming }) => `\`${incoming}\``);
  return `${what}

- Call: \`${call}\`
- Permission: ${permission}
- Credentials: ${headers.join(', ')}`;
}
