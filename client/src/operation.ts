/**
 * One operation as the client sends it.
 *
 * @typeParam Data what its answer's `data` holds
 * @typeParam Variables what it takes
 */
export interface Operation<Data, Variables> {
  /** The SHA-256 of the text, in hex. */
  readonly id: string;
  readonly text: string;
  /** Never there: it carries the types. */
  readonly __types?: (variables: Variables) => Data;
}
