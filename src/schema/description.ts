import { type VendorKey, vendors } from '../vendors/index.ts';

/** The facts about a root field that its description lists. */
export interface RootFieldFacts {
  readonly vendor: VendorKey;
  /** The vendor's endpoint, such as `GET /api/streams`. */
  readonly call: string;
  /** The permission that the vendor requires: in words, or in backticks if it is a name. */
  readonly permission: string;
}

/**
 * Describes a root field in Markdown: its purpose, then a list of what it requires.
 *
 * @param purpose one or more sentences
 */
export function describeRootField(
  purpose: string,
  { vendor, call, permission }: RootFieldFacts,
): string {
  const headers = vendors[vendor].credentialHeaders.map(({ incoming }) => `\`${incoming}\``);
  return `${purpose}

- Call: \`${call}\`
- Permission: ${permission}
- Credentials: ${headers.join(', ')}`;
}
