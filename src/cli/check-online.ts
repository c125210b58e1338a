import type { Config } from '../config/index.ts';
import type { VendorClient } from '../upstream/client.ts';
import { path, type VendorPath } from '../upstream/path.ts';
import { type Attempt, getHeader } from '../upstream/response.ts';
import { parseBody } from '../vendors/core/body.ts';
import { type Dialect, isVendorResponse } from '../vendors/core/dialect.ts';
import { createClients, createVendorRuntimes, type VendorKey, vendors } from '../vendors/index.ts';

/** What one call to a vendor showed. */
export interface OnlineCheck {
  /** Whether the vendor itself answered, and refused for want of a credential. */
  readonly isExpected: boolean;
  /** A line that names the URL's variable, the answer and its time. */
  readonly line: string;
}

/** A read of each vendor that changes nothing, and that it refuses without a credential. */
const harmlessReads: Readonly<Record<VendorKey, VendorPath>> = {
  wethod: path`/api/persons/me`,
  kaiten: path`/users/current`,
  aerospike: path`/organization`,
  rocketchat: path`/api/v1/me`,
};

// 429 comes before the credential is looked at; 412 and 403 are other refusals of a caller without one.
const refusals: ReadonlySet<number> = new Set([401, 403, 412, 429]);

/**
 * Makes one harmless call to each configured vendor, all at the same time and each within
 * `VENDOR_TIMEOUT_MS`. The calls bear no credential, since the gateway has none of its own.
 */
export async function checkVendorsOnline(config: Config): Promise<readonly OnlineCheck[]> {
  const clients = createClients(config);
  const runtimes = createVendorRuntimes(clients, config);
  const sightings = (Object.keys(clients) as VendorKey[]).map(async (key) => {
    const client = clients[key];
    return client === null ? [] : [await callVendor(key, client, runtimes[key].dialect, config)];
  });
  const seen = (await Promise.all(sightings)).flat();
  await Promise.all(Object.values(clients).map((client) => client?.close()));
  return seen;
}

async function callVendor(
  key: VendorKey,
  client: VendorClient,
  dialect: Dialect,
  { vendorUrls, vendorTimeoutMs }: Config,
): Promise<OnlineCheck> {
  const { title, urlVariable } = vendors[key];
  const target = harmlessReads[key];
  const request = { method: 'GET', path: target, headers: dialect.headers } as const;
  const listener = { handleWrite: () => {}, handleEnd: () => {} };
  const begun = performance.now();
  const attempt = await client.sendOnce<Attempt>(
    request,
    [],
    vendorTimeoutMs,
    listener,
    (one) => one,
    null,
  );
  const ms = Math.round(performance.now() - begun);
  const call = `GET ${`${vendorUrls[key]}`.replace(/\/+$/, '')}${target}`;
  const { isExpected, saw } = describeAttempt(attempt, dialect, title);
  return { isExpected, line: `${urlVariable}: ${call}: ${saw} (${ms} ms)` };
}

function describeAttempt(attempt: Attempt, dialect: Dialect, title: string) {
  if (attempt.kind !== 'answered') {
    return { isExpected: false, saw: `no answer: ${reasonOf(attempt.cause)}` };
  }
  const { response } = attempt;
  const { status } = response;
  // An empty body is Kaiten's for some statuses, and says nothing here.
  const isEmpty = response.text?.trim() === '';
  if (isEmpty || !isVendorResponse(dialect.errors, response, parseBody(response))) {
    const type = getHeader(response.headers, 'content-type') ?? 'no content type';
    const advice = `Check the URL's path, and what is between the gateway and ${title}`;
    return { isExpected: false, saw: `${status}, not in ${title}'s own form (${type}). ${advice}` };
  }
  if (refusals.has(status)) {
    return {
      isExpected: true,
      saw: `${status} in ${title}'s own form, as expected without a credential`,
    };
  }
  return {
    isExpected: false,
    saw: `${status} in ${title}'s own form; expected 401 without a credential`,
  };
}

/** A failed connection to a host of several addresses has one cause for each of them. */
function reasonOf(cause: Error): string {
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  return first instanceof Error && first.message !== '' ? first.message : cause.name;
}
