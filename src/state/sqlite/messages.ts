import type { SqliteDatabase } from './database.ts';

/** The methods that the thread of the database runs for others. */
export type Method =
  | 'claim'
  | 'recordIntent'
  | 'recordEnd'
  | 'readOldestIntent'
  | 'readSecret'
  | 'deleteEnded'
  | 'appendEvent'
  | 'readEvents'
  | 'deleteEvents';

/** Has a method run by the thread. Resolves once its transaction is on the disk. */
export type CallMethod = <M extends Method>(
  method: M,
  parameters: MethodParameters<M>,
) => Promise<MethodResult<M>>;

/** A call of one of these methods. */
export interface CallMessage {
  readonly id: number;
  readonly method: Method;
  readonly parameters: readonly unknown[];
}

/** The results of the calls of one transaction, or the reason why it was not committed. */
export type ReplyMessage =
  | { readonly kind: 'opened' }
  | { readonly kind: 'held' | 'failed'; readonly message: string }
  | { readonly kind: 'committed'; readonly results: readonly (readonly [number, unknown])[] }
  | { readonly kind: 'rolledBack'; readonly ids: readonly number[]; readonly message: string };

/** What the thread is started with. */
export interface ThreadData {
  readonly path: string;
  readonly owner: string;
}

/** The parameters of a method. */
export type MethodParameters<M extends Method> = SqliteDatabase[M] extends (
  ...all: infer All
) => unknown
  ? All
  : never;
/** The result of a method. */
export type MethodResult<M extends Method> = ReturnType<SqliteDatabase[M]>;
