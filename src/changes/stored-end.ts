import * as errors from '../errors.ts';
import type { StoredEnd } from '../state/ledger.ts';
import { IdempotencyError } from './idempotency-error.ts';
import type { Settled } from './settle.ts';

/** The classes of errors by their name. */
const classes: Readonly<Record<string, unknown>> = { ...errors, IdempotencyError };

interface StoredError {
  readonly name: string;
  readonly init: errors.MembershipErrorInit;
}

/** Returns an error as JSON, without its cause and the vendor's own text. */
function serializeError(error: errors.MembershipError): string {
  const { cause: _, reply, ...rest } = error.init;
  // The vendor's own text may name a person.
  const init = reply === undefined ? rest : { ...rest, reply: { ...reply, message: null } };
  return JSON.stringify({ name: error.name, init } satisfies StoredError);
}

/** Returns the error that was serialized, as the answer to a request that sent nothing itself. */
function restoreError(json: string): errors.MembershipError {
  const { name, init } = JSON.parse(json) as StoredError;
  const Stored = classes[name] as new (init: errors.MembershipErrorInit) => errors.MembershipError;
  return new Stored({ ...init, isReplay: true });
}

/**
 * Returns the end of a change as it is stored.
 *
 * @param toStored returns the part of a success that may be stored
 */
export function toStoredEnd<Value>(
  settled: Settled<Value>,
  toStored: (value: Value) => Value,
): StoredEnd {
  if (settled.kind === 'failed') {
    const { error } = settled;
    return { outcome: error.outcome, confirmedBy: null, result: serializeError(error) };
  }
  const { confirmedBy, value } = settled;
  return { outcome: 'APPLIED', confirmedBy, result: JSON.stringify(toStored(value)) };
}

/** Returns the stored end of a change as the result of a request that sent nothing itself. */
export function restoreEnd<Value>({ confirmedBy, result }: StoredEnd): Settled<Value> {
  const json = result ?? 'null';
  if (confirmedBy === null) return { kind: 'failed', error: restoreError(json) };
  return { kind: 'applied', confirmedBy, value: JSON.parse(json) as Value, isReplay: true };
}
