import type { Credentials } from './credentials.ts';

/** The gateway as a caller uses it: a plain object, to be kept and spread. */
export interface Gateway {
  /** Where it answers, such as `https://memberships.example.com/graphql`; in a page also `/graphql`. */
  readonly endpoint: string | URL;
  /** Of these a call sends those of the vendors that it is about, and no others. */
  readonly credentials?: Credentials | undefined;
  /** Who calls the gateway: the header `Authorization`, such as `Bearer …`. No vendor gets it. */
  readonly authorization?: string | undefined;
  /**
   * The header `x-request-id`: at most 128 characters of A-Z, a-z, 0-9 and . _ -. The gateway makes one
   * where there is none, or where it has another form.
   */
  readonly requestId?: string | undefined;
  /**
   * Ends the wait for the answer. A change that was sent by then is not undone by it: its outcome is
   * `UNKNOWN`.
   */
  readonly signal?: AbortSignal | undefined;
  /** Sends the requests in place of the global `fetch`. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * Whether documents are named by their SHA-256 in place of being sent, for a gateway whose
   * `TRUSTED_DOCUMENTS_FILE` is this package's `persisted-documents.json`.
   */
  readonly trustedDocuments?: boolean | undefined;
}
