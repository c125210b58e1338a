import { sleep } from './abort.ts';
import { GatewayError } from './errors.ts';
import { exchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import type { IdempotencyProblem } from './generated/types.ts';
import { createKey, noteUnavailable } from './idempotency-key.ts';
import { toGatewayError } from './refusal.ts';
import { isObject } from './reply.ts';
import type { Call } from './request.ts';
import type { Keyed } from './results.ts';
import { type AttemptEnd, Retries } from './retry.ts';

/** The end of the message of a rejection after an attempt whose outcome is not known. */
const reopened =
  'An earlier attempt may have made the change: it is not known whether the change was made.';

const outcomes = { untouched: 'NOT_APPLIED', unsettled: 'UNKNOWN' } as const;

/** The variables of a change. */
export interface ChangeVariables {
  readonly input: { readonly idempotencyKey?: string | null | undefined };
}

/** The member of a union, as far as all of them have the same fields. */
interface Member extends AttemptEnd {
  readonly message?: string;
  readonly idempotencyProblem?: IdempotencyProblem;
}

/** What the attempts of a change have in common. */
interface Sending {
  /** The key of the last attempt; null without one. */
  readonly key: string | null;
  /** Whether the caller chose the key, and can therefore send the change again with it. */
  readonly isCallersKey: boolean;
  /** Whether an attempt before the last one may have made the change. */
  readonly isOpen: boolean;
}

/**
 * Makes a change once: sends it with an idempotency key, and sends it again with the same key if that may help.
 *
 * @returns the member of the union that the gateway returned
 * @throws {GatewayError} if it returned none; see its `outcome`
 */
export async function change<Field extends string, Result, Variables extends ChangeVariables>(
  gateway: Gateway,
  call: Call<{ readonly [Name in Field]: Result }, Variables> & { readonly field: Field },
): Promise<Keyed<NonNullable<Result>>> {
  const { signal } = gateway;
  const callersKey = call.variables.input.idempotencyKey ?? null;
  const isCallersKey = callersKey !== null;
  const retries = new Retries(gateway.retry);
  let key = callersKey ?? createKey(gateway);
  let isOpen = false;
  while (true) {
    const end = await sendOnce(gateway, withKey(call, key), retries.attemptMs);
    if (key !== null && !isCallersKey && isWithoutKeys(end)) {
      noteUnavailable(gateway);
      // After an attempt with the key that may have arrived, one without it could make the change twice.
      if (!isOpen && retries.leftMs > 0) {
        key = null;
        continue;
      }
    }
    const waitMs = retries.take(end, key !== null);
    if (waitMs === null) return conclude(end, { key, isCallersKey, isOpen });
    isOpen ||= end.outcome !== 'NOT_APPLIED';
    await sleep(waitMs, signal);
    if (signal?.aborted) {
      const error = createAbortedError(gateway, call.field);
      return conclude(error, { key, isCallersKey, isOpen });
    }
  }
}

/** Sends one attempt. Returns the member of the union, or the error if there is none. */
async function sendOnce<Data, Variables>(
  gateway: Gateway,
  call: Call<Data, Variables>,
  timeoutMs: number,
): Promise<Member | GatewayError> {
  const { field } = call;
  try {
    const reply = await exchange(gateway, call, outcomes, timeoutMs);
    const result = reply.data?.[field];
    const isMember = isObject(result) && typeof result['__typename'] === 'string';
    return isMember ? (result as unknown as Member) : toGatewayError(field, reply, outcomes);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
}

function withKey<Data, Variables extends ChangeVariables>(
  call: Call<Data, Variables>,
  idempotencyKey: string | null,
): Call<Data, Variables> {
  if (idempotencyKey === null) return call;
  const { variables } = call;
  return { ...call, variables: { ...variables, input: { ...variables.input, idempotencyKey } } };
}

function isWithoutKeys(end: Member | GatewayError): boolean {
  return 'idempotencyProblem' in end && end.idempotencyProblem === 'NOT_AVAILABLE';
}

/** Returns the result of all attempts from that of the last one. @throws it if it is an error without a result */
function conclude<Result>(end: Member | GatewayError, sending: Sending): Keyed<Result> {
  const { key: idempotencyKey, isCallersKey, isOpen } = sending;
  // A later rejection shows nothing about an earlier attempt, which may even arrive after it.
  const isReopened = isOpen && end.outcome === 'NOT_APPLIED';
  const outcome = isReopened ? 'UNKNOWN' : end.outcome;
  const isSettled = outcome === 'APPLIED' || outcome === 'NOT_APPLIED';
  const rest = {
    ...(isReopened && { message: `${end.message} ${reopened}` }),
    // The same call would have another key, and could make the change twice.
    ...(!isSettled && idempotencyKey !== null && { retryable: isCallersKey }),
  };
  if (!(end instanceof GatewayError)) {
    return { ...end, outcome, idempotencyKey, ...rest } as unknown as Keyed<Result>;
  }
  const { code, message, cause } = end;
  throw new GatewayError(code, { ...end, message, cause, outcome, idempotencyKey, ...rest });
}

function createAbortedError({ signal, requestId }: Gateway, field: string): GatewayError {
  return new GatewayError('ABORTED', {
    message: `${field}: aborted before another attempt.`,
    outcome: 'NOT_APPLIED',
    requestId: requestId ?? null,
    cause: signal?.reason,
  });
}
