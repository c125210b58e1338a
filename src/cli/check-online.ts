import type { Config } from '../config/index.ts';
import type { VendorClient } from '../upstream/client.ts';
import { type Attempt, getHeader } from '../upstream/response.ts';
import { parseBody } from '../vendors/core/body.ts';
import { type Dialect, isVendorResponse } from '../vendors/core/dialect.ts';
import {
  createClients,
  createVendorRuntimes,
  type VendorKey,
  vendorKeys,
  vendors,
} from '../vendors/index.ts';

/** The result of one check, such as a call to a vendor. */
export interface CheckResult {
  /** Whether the gateway can start and work with what was found. */
  readonly isExpected: boolean;
  /** A line that begins with the variable. */
  readonly line: string;
}

// Vendors may send 429 before they check the credential. 412 and 403 are other rejections of a call without one.
const refusals: ReadonlySet<number> = new Set([401, 403, 412, 429]);

/**
 * Makes one harmless call to each configured vendor, all at the same time and each within
 * `VENDOR_TIMEOUT_MS`. The calls have no credential, since the gateway has none of its own.
 */
export async function checkVendorsOnline(config: Config): Promise<readonly CheckResult[]> {
  const clients = createClients(config);
  const runtimes = createVendorRuntimes(clients, config);
  const checks = vendorKeys.map(async (key) => {
    const client = clients[key];
    return client === null ? [] : [await callVendor(key, client, runtimes[key].dialect, config)];
  });
  const results = (await Promise.all(checks)).flat();
  await Promise.all(Object.values(clients).map((client) => client?.close()));
  return results;
}

async function callVendor(
  key: VendorKey,
  client: VendorClient,
  dialect: Dialect,
  { vendorUrls, vendorTimeoutMs }: Config,
): Promise<CheckResult> {
  const { title, urlVariable, harmlessRead } = vendors[key];
  const request = { method: 'GET', path: harmlessRead, headers: dialect.headers } as const;
  const silentListener = { handleWrite: () => true, handleEnd: () => {} };
  const startedAt = performance.now();
  const attempt = await client.sendOnce<Attempt>(
    request,
    [],
    vendorTimeoutMs,
    silentListener,
    (result) => result,
    null,
  );
  const ms = Math.round(performance.now() - startedAt);
  const call = `GET ${`${vendorUrls[key]}`.replace(/\/+$/, '')}${harmlessRead}`;
  const { isExpected, saw } = describeAttempt(attempt, dialect, title);
  return { isExpected, line: `${urlVariable}: ${call}: ${saw} (${ms} ms)` };
}

function describeAttempt(attempt: Attempt, dialect: Dialect, title: string) {
  if (attempt.kind !== 'answered') {
    return { isExpected: false, saw: `no response: ${describeCause(attempt.cause)}` };
  }
  const { response } = attempt;
  const { status } = response;
  // Some vendors send empty bodies with some statuses, but so do proxies.
  const isEmpty = response.text?.trim() === '';
  if (isEmpty || !isVendorResponse(dialect.errors, response, parseBody(response))) {
    const type = getHeader(response.headers, 'content-type') ?? 'no content type';
    const advice = `Check the URL's path and any proxy between the gateway and ${title}`;
    return {
      isExpected: false,
      saw: `${status}, not in ${title}'s error format (${type}). ${advice}`,
    };
  }
  if (refusals.has(status)) {
    return {
      isExpected: true,
      saw: `${status} in ${title}'s error format, as expected without a credential`,
    };
  }
  return {
    isExpected: false,
    saw: `${status} in ${title}'s error format; expected 401 without a credential`,
  };
}

/** Describes why there is no response. A failed connection to a host of several addresses has one cause for each. */
function describeCause(cause: Error): string {
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  return first instanceof Error && first.message !== '' ? first.message : cause.name;
}
