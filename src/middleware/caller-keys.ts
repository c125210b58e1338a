import { hash } from 'node:crypto';
import type { TrustProxy } from '../config/parsers.ts';
import { normalizeAddress, toNetwork } from '../server/address.ts';
import type { GatewayRequest } from '../server/request.ts';

/**
 * Creates the keys by which rate limits and queues count requests: the caller's name, or else the client's address.
 * Never a vendor's credential, since a client can make up any number of those.
 */
export class CallerKeys {
  readonly #isTrusted: TrustProxy | null;

  /** @param trustProxy the proxies whose `X-Forwarded-For` is trusted; null for none */
  constructor(trustProxy: TrustProxy | null) {
    this.#isTrusted =
      trustProxy && ((address, hop) => trustProxy(normalizeAddress(address) ?? address, hop));
  }

  /** Returns the key of a request's caller. Call it after the authentication. */
  getCallerKey(incoming: GatewayRequest): string {
    incoming.callerKey ??= this.#createKey(incoming);
    return incoming.callerKey;
  }

  /** Returns the key of a client's address; of an IPv6 address, that of its network. */
  getAddressKey({ client }: GatewayRequest): string {
    const forwarded = client.address(this.#isTrusted);
    // A forwarded value that is not an address counts as the proxy itself.
    const address =
      normalizeAddress(forwarded ?? '') ?? normalizeAddress(client.address(null) ?? '');
    return `address ${address === null ? 'unknown' : toNetwork(address)}`;
  }

  #createKey(incoming: GatewayRequest): string {
    const { name } = incoming.caller;
    return name === null
      ? this.getAddressKey(incoming)
      : `name ${hash('sha256', name, 'base64url')}`;
  }
}
