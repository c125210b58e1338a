import type { Credentials } from './credentials.ts';
import type { RetryOptions } from './retry.ts';

/** The gateway, and how to call it: a plain object that you can keep and spread. */
export interface Gateway {
  /** The URL of the API, such as `https://memberships.example.com/graphql`. In a page, it can be relative. */
  readonly endpoint: string | URL;
  /** The credentials. A call sends only those of the vendors that it concerns. */
  readonly credentials?: Credentials | undefined;
  /** The header `Authorization`, such as `Bearer …`. It identifies the caller to the gateway; no vendor receives it. */
  readonly authorization?: string | undefined;
  /**
   * The header `x-request-id`: at most 128 characters of A-Z, a-z, 0-9 and . _ -. The gateway generates one if it is
   * missing or has another form.
   */
  readonly requestId?: string | undefined;
  /**
   * Stops waiting for the response or the next attempt. It does not undo a change that was sent: the outcome of such a
   * change is `UNKNOWN`.
   */
  readonly signal?: AbortSignal | undefined;
  /** A replacement for the global `fetch`. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * True to send the SHA-256 of a document instead of the document, for a gateway whose `TRUSTED_DOCUMENTS_FILE` is this
   * package's `persisted-documents.json`.
   */
  readonly trustedDocuments?: boolean | undefined;
  /**
   * False to send changes without an idempotency key, unless their input has one. By default, each call has a new key:
   * with it, the gateway makes the change once, however often it is sent.
   */
  readonly idempotencyKeys?: boolean | undefined;
  /**
   * How a change is sent again after a failure, or false to send it once. It is not sent again if that could make it
   * twice. Queries are always sent once.
   */
  readonly retry?: RetryOptions | false | undefined;
}
