import type { GatewayRequest } from './request.ts';
import type { GatewayResponse } from './response.ts';

/** What holds for every request, whichever way it is answered. */
export interface Middleware {
  /** Answers in place of the API; nothing lets the request go on. */
  before?(
    incoming: GatewayRequest,
  ): GatewayResponse | undefined | Promise<GatewayResponse | undefined>;
  /** Sees every answer before it goes out, and may set headers of it. */
  after?(incoming: GatewayRequest, answer: GatewayResponse): void;
}
