import type { Gateway } from './gateway.ts';

/** How long changes are sent without a key after the gateway reported that it keeps none, in ms. */
const unavailableMs = 300_000;

/** The times of `performance.now()` until which gateways are expected to keep no keys, by endpoint. */
const unavailableUntil = /* @__PURE__ */ new Map<string, number>();

/** Returns a new key for a change. Returns null if it is to be sent without one. */
export function createKey({ endpoint, idempotencyKeys }: Gateway): string | null {
  if (idempotencyKeys === false) return null;
  if (performance.now() < (unavailableUntil.get(String(endpoint)) ?? 0)) return null;
  return createRandomKey();
}

/** Remembers that a gateway keeps no keys, so that the next changes do not take two requests each. */
export function noteUnavailable({ endpoint }: Gateway): void {
  unavailableUntil.set(String(endpoint), performance.now() + unavailableMs);
}

function createRandomKey(): string {
  // Browsers have `randomUUID` only in pages that were loaded over HTTPS or from localhost.
  if (crypto.randomUUID !== undefined) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
