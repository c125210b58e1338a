/**
 * An operation as the client sends it.
 *
 * @typeParam Data the type of the response's `data`
 * @typeParam Variables the type of the variables
 */
export interface Operation<Data, Variables> {
  /** The SHA-256 of the text, in hex. */
  readonly id: string;
  readonly text: string;
  /** Never set. It carries the types. */
  readonly __types?: (variables: Variables) => Data;
}
