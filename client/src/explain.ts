import { english } from './english.ts';
import {
  GatewayError,
  type GatewayErrorCode,
  type ReadError,
  type ReadErrorCode,
} from './errors.ts';
import type { ChangeResult, LaterMember } from './results.ts';

/**
 * The sentences for each result of a change and each error. Each explains what happened and what to do. A language is a
 * complete set of sentences.
 */
export type Sentences = {
  readonly [Name in ChangeResult['__typename']]: (
    member: Extract<ChangeResult, { readonly __typename: Name }>,
  ) => string;
} & {
  readonly [Code in Exclude<GatewayErrorCode, 'INTERNAL'>]: (error: GatewayError) => string;
} & {
  readonly [Code in Exclude<ReadErrorCode, 'INTERNAL'>]: (error: ReadError) => string;
} & {
  readonly INTERNAL: (error: GatewayError | ReadError) => string;
  /** The sentence for members that are newer than this client. */
  readonly otherwise: (member: LaterMember) => string;
};

/**
 * Explains in one sentence what happened and what to do.
 *
 * @param what a result of a change, or the error of a rejected call
 * @param sentences replacements for the English sentences: some of them, or a complete language
 */
export function explain(
  what: ChangeResult | GatewayError,
  sentences: Partial<Sentences> = {},
): string {
  const key = what instanceof GatewayError ? what.code : what.__typename;
  const say = (getOwn(sentences, key) ??
    getOwn(english, key) ??
    sentences.otherwise ??
    english.otherwise) as (what: ChangeResult | GatewayError) => string;
  return say(what);
}

function getOwn(sentences: Partial<Sentences>, key: string): unknown {
  return Object.hasOwn(sentences, key) ? sentences[key as keyof Sentences] : undefined;
}
