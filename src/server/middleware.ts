import type { Incoming } from './request.ts';
import type { Answer } from './response.ts';

/** What holds for every request, whichever way it is answered. */
export interface Rule {
  /** Answers in place of the API; nothing lets the request go on. */
  before?(incoming: Incoming): Answer | undefined | Promise<Answer | undefined>;
  /** Sees every answer before it goes out, and may set headers of it. */
  after?(incoming: Incoming, answer: Answer): void;
}
