import { type Answer, refusal } from './answer.ts';
import type { Incoming } from './incoming.ts';
import type { Rule } from './rule.ts';

/** Reads a request's body; null where it is longer than is taken. */
export type ReadBody = () => Promise<string | null>;

/** Answers requests to the API, whose rules have let them in. */
export interface Api {
  answer(incoming: Incoming, body: string | null): Promise<Answer>;
}

/** Answers every request: by its rules, one after the other, else by the API behind them. */
export class Handler {
  readonly #endpoint: string;
  readonly #before: readonly NonNullable<Rule['before']>[];
  readonly #after: readonly NonNullable<Rule['after']>[];
  readonly #api: Api;

  /** @param endpoint the API's path */
  constructor(endpoint: string, rules: readonly Rule[], api: Api) {
    this.#endpoint = endpoint;
    this.#before = rules.flatMap((rule) => (rule.before ? [rule.before.bind(rule)] : []));
    this.#after = rules.flatMap((rule) => (rule.after ? [rule.after.bind(rule)] : []));
    this.#api = api;
  }

  /** @param readBody called at most once, and only where the API needs the body */
  async handle(incoming: Incoming, readBody: ReadBody): Promise<Answer> {
    const answer = await this.#answer(incoming, readBody);
    for (const after of this.#after) after(incoming, answer);
    return answer;
  }

  async #answer(incoming: Incoming, readBody: ReadBody): Promise<Answer> {
    for (const before of this.#before) {
      const early = before(incoming);
      // Most rules need not wait for anything.
      const answer = early instanceof Promise ? await early : early;
      if (answer !== undefined) return answer;
    }
    if (!isApi(this.#endpoint, incoming.path)) return { status: 404, headers: {}, body: null };
    if (incoming.method !== 'POST') return this.#api.answer(incoming, null);
    const body = await readBody();
    return body === null ? tooLarge() : this.#api.answer(incoming, body);
  }
}

/** Whether a path is the API's; a slash behind it does not matter. */
export function isApi(endpoint: string, path: string): boolean {
  return path === endpoint || path === `${endpoint}/`;
}

function tooLarge(): Answer {
  // What is still on its way is not read.
  return refusal(413, 'Request body too large', 'REQUEST_ENTITY_TOO_LARGE', {
    connection: 'close',
  });
}
