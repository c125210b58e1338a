import type { GatewayRequest } from './request.ts';
import type { GatewayResponse } from './response.ts';

/** A step in the handling of every request. */
export interface Middleware {
  /** Returns a response in place of the API's; undefined to continue. */
  onRequest?(
    incoming: GatewayRequest,
  ): GatewayResponse | undefined | Promise<GatewayResponse | undefined>;
  /** Called with every response before it is sent; may set its headers. */
  onResponse?(incoming: GatewayRequest, response: GatewayResponse): void;
}
