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

/** The three paragraphs of an error's description, which `docs/errors.md` is generated from. */
export interface ErrorGuide {
  readonly cause: string;
  /** The text to show to the person who asked for the change. */
  readonly show: string;
  /** The next step of the front end or of that person. */
  readonly act: string;
}

/** Describes a type of errors: the cause, the text to show and the next step. */
export function describeError({ cause, show, act }: ErrorGuide): string {
  return `${cause}\n\nShow: ${show}\n\nDo: ${act}`;
}
