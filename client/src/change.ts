import { exchange } from './exchange.ts';
import type { Gateway } from './gateway.ts';
import { toGatewayError } from './refusal.ts';
import { isObject } from './reply.ts';
import type { Call } from './request.ts';

const outcomes = { untouched: 'NOT_APPLIED', unsettled: 'UNKNOWN' } as const;

/**
 * Sends a change, once. The client never repeats a change.
 *
 * @returns the member of the union that the gateway returned
 * @throws {GatewayError} if it returned none; see its `outcome`
 */
export async function change<Field extends string, Result, Variables>(
  gateway: Gateway,
  call: Call<{ readonly [Name in Field]: Result }, Variables> & { readonly field: Field },
): Promise<NonNullable<Result>> {
  const { field } = call;
  const reply = await exchange(gateway, call, outcomes);
  const result = reply.data?.[field];
  if (isObject(result) && typeof result['__typename'] === 'string') {
    return result as NonNullable<Result>;
  }
  throw toGatewayError(field, reply, outcomes);
}
