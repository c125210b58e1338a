import { allVendors, type CredentialVendor, credentialHeaders } from './credentials.ts';
import type { Gateway } from './gateway.ts';
import type { Operation } from './operation.ts';

/** One call: what is sent, and whose credentials go with it. */
export interface Call<Data, Variables> {
  /** The root field, which stands in what errors say. */
  readonly field: string;
  readonly operation: Operation<Data, Variables>;
  readonly variables: Variables;
  /** All of them where it is left out. */
  readonly vendors?: readonly CredentialVendor[];
}

/** What `fetch` is called with. */
export interface Prepared {
  readonly url: string;
  readonly init: RequestInit;
}

/**
 * Makes a request. All that can go wrong before anything is sent goes wrong here, and not in `fetch`.
 *
 * @throws {TypeError} where it cannot be made; the message tells why, and repeats no credential
 */
export function prepare<Data, Variables>(gateway: Gateway, call: Call<Data, Variables>): Prepared {
  const { signal } = gateway;
  if (signal?.aborted) throw new TypeError('aborted before.', { cause: signal.reason });
  const init: RequestInit = {
    method: 'POST',
    headers: createHeaders(gateway, call.vendors ?? allVendors),
    body: renderBody(gateway, call),
    // Followed elsewhere, the credentials would go along.
    redirect: 'manual',
  };
  return {
    url: resolveUrl(gateway.endpoint),
    init: signal === undefined ? init : { ...init, signal },
  };
}

function renderBody<Data, Variables>(
  { trustedDocuments }: Gateway,
  { operation, variables }: Call<Data, Variables>,
): string {
  const { id, text } = operation;
  const document = trustedDocuments ? { documentId: `sha256:${id}` } : { query: text };
  try {
    return JSON.stringify({ ...document, variables });
  } catch (cause) {
    throw new TypeError('the variables cannot be written as JSON.', { cause });
  }
}

function createHeaders(gateway: Gateway, vendors: readonly CredentialVendor[]): Headers {
  const { authorization, requestId, credentials = {} } = gateway;
  const headers = new Headers({
    accept: 'application/graphql-response+json, application/json;q=0.9',
    'content-type': 'application/json',
  });
  const given = {
    ...(authorization !== undefined && { authorization }),
    ...(requestId !== undefined && { 'x-request-id': requestId }),
    ...credentialHeaders(credentials, vendors),
  };
  for (const [name, value] of Object.entries(given)) {
    try {
      headers.set(name, value);
    } catch {
      // Its own error repeats the value, which is a secret.
      throw new TypeError(`the header ${name} takes visible ASCII characters.`);
    }
  }
  return headers;
}

/** An absolute URL; in a page also from one that is relative to it. */
function resolveUrl(endpoint: string | URL): string {
  const { location } = globalThis as { readonly location?: { readonly href: string } };
  const base = location?.href;
  const url = URL.canParse(endpoint, base) ? new URL(endpoint, base) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`endpoint: got "${endpoint}"; takes an http or https URL.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('endpoint: got a URL with a user; takes one without.');
  }
  return url.href;
}
