import type { Parser } from './parsers.ts';

/** An environment variable: its parser, and its default as it would be written, null for none. */
export interface Variable<T, Fallback extends string | null = string | null> {
  readonly rule: Parser<T>;
  readonly fallback: Fallback;
  /** Its former name, accepted until the next major version. Setting both names to different values is an error. */
  readonly alias?: string;
  /** A second spelling by convention, such as `https_proxy`. It wins if both are set, as in curl. */
  readonly otherSpelling?: string;
}

/** Variables that are documented together: one row of the reference. */
export interface Row {
  readonly variables: Readonly<Record<string, Variable<unknown>>>;
  /** The purpose of the variables, in Markdown. */
  readonly meaning: string;
  /** The default in words, if it is not a single value. */
  readonly fallback?: string;
}

/** Declares a variable without a default. */
export function defineVariable<T>(rule: Parser<T>): Variable<T, null>;
/** Declares a variable with its default, as it would be written. */
export function defineVariable<T>(rule: Parser<T>, fallback: string): Variable<T, string>;
export function defineVariable<T>(rule: Parser<T>, fallback: string | null = null): Variable<T> {
  return { rule, fallback };
}
