import { hash } from 'node:crypto';
import type { TrustProxy } from '../config/rules.ts';
import { normalizeAddress, toNetwork } from '../server/address.ts';
import type { GatewayRequest } from '../server/request.ts';

/**
 * Names what a request is counted as, in limits and in queues alike: its caller's name, else the address that it came
 * from. Never a vendor's credential, since a client can make up any number of those.
 */
export class CallerKeys {
  readonly #isTrusted: TrustProxy | null;

  /** @param trustProxy the proxies whose forwarded addresses count; null for none */
  constructor(trustProxy: TrustProxy | null) {
    this.#isTrusted =
      trustProxy && ((address, hop) => trustProxy(normalizeAddress(address) ?? address, hop));
  }

  /** Returns the key of a request's caller, once it is known who that is. */
  caller(incoming: GatewayRequest): string {
    incoming.countedAs ??= this.#keyOf(incoming);
    return incoming.countedAs;
  }

  /** Returns the key of the address that a request came from, of IPv6 that of its network. */
  address({ client }: GatewayRequest): string {
    const told = client.address(this.#isTrusted);
    // What a proxy forwards and is no address counts as the proxy itself.
    const address = normalizeAddress(told ?? '') ?? normalizeAddress(client.address(null) ?? '');
    return `address ${address === null ? 'unknown' : toNetwork(address)}`;
  }

  #keyOf(incoming: GatewayRequest): string {
    const { name } = incoming.caller;
    return name === null ? this.address(incoming) : `name ${hash('sha256', name, 'base64url')}`;
  }
}
