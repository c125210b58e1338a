import * as errors from '../errors.ts';
import { IdempotencyError } from './idempotency-error.ts';

/** The classes of errors by their name. */
const classes: Readonly<Record<string, unknown>> = { ...errors, IdempotencyError };

interface StoredError {
  readonly name: string;
  readonly init: errors.MembershipErrorInit;
}

/** Returns an error as JSON, without its cause. */
export function serializeError(error: errors.MembershipError): string {
  const { cause: _, ...init } = error.init;
  return JSON.stringify({ name: error.name, init } satisfies StoredError);
}

/** Returns the error that was serialized, as the answer to a request that sent nothing itself. */
export function restoreError(json: string): errors.MembershipError {
  const { name, init } = JSON.parse(json) as StoredError;
  const Stored = classes[name] as new (init: errors.MembershipErrorInit) => errors.MembershipError;
  return new Stored({ ...init, isReplay: true });
}
