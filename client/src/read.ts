import { ReadError, type ReadErrorCode, type ReadErrorDetails } from './errors.ts';
import { exchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import { toGatewayError } from './refusal.ts';
import { type Entry, type Reply, toText } from './reply.ts';
import type { Call } from './request.ts';

/** The result of a query. */
export interface Read<Data> {
  /** Null if the object does not exist or the caller cannot see it. */
  readonly data: Data;
  /**
   * The nested fields that could not be read. They are null in the data, so check here before you treat a null as
   * missing.
   */
  readonly errors: readonly ReadError[];
}

const outcomes = { untouched: null, unsettled: null };

/**
 * Sends a query, once.
 *
 * @throws {ReadError} if the field itself could not be read
 * @throws {GatewayError} if the request failed or was rejected
 */
export async function read<Field extends string, Data, Variables>(
  gateway: Gateway,
  call: Call<{ readonly [Name in Field]: Data }, Variables> & { readonly field: Field },
): Promise<Read<Data>> {
  const { field } = call;
  const reply = await exchange(gateway, call, outcomes);
  const data = reply.data?.[field];
  if (reply.data == null || data === undefined) throw toGatewayError(field, reply, outcomes);
  const errors = reply.errors.map((entry) => readError(field, entry, reply));
  // A null because of an error does not mean that the object does not exist.
  if (data === null && errors[0] !== undefined) throw errors[0];
  return { data: data as Data, errors };
}

const codes: ReadonlySet<unknown> = /* @__PURE__ */ new Set([
  'INVALID_INPUT_ERROR',
  'AUTHENTICATION_ERROR',
  'PERMISSION_DENIED_ERROR',
  'NOT_FOUND_ERROR',
  'PRECONDITION_FAILED_ERROR',
  'PLAN_REQUIRED_ERROR',
  'RATE_LIMITED_ERROR',
  'VENDOR_UNAVAILABLE_ERROR',
  'VENDOR_CONTRACT_ERROR',
  'TOO_MANY_VENDOR_CALLS',
  'RESULT_TOO_LARGE',
  'INTERNAL',
] satisfies ReadErrorCode[]);

function readError(field: string, entry: Entry, { status, requestId }: Reply): ReadError {
  const { message, path = [field], extensions = {} } = entry;
  const wait = extensions['retryAfterSeconds'];
  const code = codes.has(extensions['code']) ? (extensions['code'] as ReadErrorCode) : 'OTHER';
  return new ReadError(code, {
    message: `${path.join('.')}: ${message}`,
    outcome: null,
    retryable: extensions['retryable'] === true,
    retryAfterSeconds: typeof wait === 'number' ? wait : null,
    status,
    requestId: toText(extensions['requestId']) ?? requestId,
    path,
    details: readDetails(extensions),
  });
}

const detailNames = [
  'vendor',
  'issues',
  'problem',
  'reason',
  'requiredPermission',
  'vendorStatus',
  'vendorCode',
  'vendorMessage',
  'vendorRequestId',
] as const satisfies (keyof ReadErrorDetails)[];

function readDetails(extensions: Readonly<Record<string, unknown>>): ReadErrorDetails {
  const details = detailNames.map((name) => [name, extensions[name] ?? null]);
  return Object.fromEntries(details) as ReadErrorDetails;
}
