import { type Answer, refusal } from './answer.ts';
import type { Incoming } from './incoming.ts';
import type { Rule } from './rule.ts';

/** Reads a request's body; null where it is longer than is taken. */
export type ReadBody = () => Promise<string | null>;

/** Answers requests to the API, whose rules have let them in. */
export interface Api {
  /** @param body null where the method has none that counts */
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

  /**
   * @param readBody called at most once, and only where the API needs the body
   * @param reply gives what becomes of the answer
   */
  async handle<T>(
    incoming: Incoming,
    readBody: ReadBody,
    reply: (answer: Answer) => T,
  ): Promise<T> {
    const early = this.#early(incoming, 0);
    // Nothing is waited for that is there: each wait costs, and all requests pass here.
    let answer = early instanceof Promise ? await early : early;
    if (answer === undefined) {
      const hasBody = incoming.method === 'POST';
      const body = hasBody ? await readBody() : null;
      const isTooLarge = hasBody && body === null;
      answer = isTooLarge ? tooLarge() : await this.#api.answer(incoming, body);
    }
    for (const after of this.#after) after(incoming, answer);
    return reply(answer);
  }

  /** The answer of the first rule that gives one, from the n-th on. */
  #early(incoming: Incoming, from: number): Answer | undefined | Promise<Answer | undefined> {
    for (let index = from; index < this.#before.length; index += 1) {
      const early = this.#before[index]?.(incoming);
      if (early instanceof Promise) {
        return early.then((answer) => answer ?? this.#early(incoming, index + 1));
      }
      if (early !== undefined) return early;
    }
    return isApi(this.#endpoint, incoming.path)
      ? undefined
      : { status: 404, headers: {}, body: null };
  }
}

function tooLarge(): Answer {
  // What is still on its way is not read.
  return refusal(413, 'Request body too large', 'REQUEST_ENTITY_TOO_LARGE', {
    connection: 'close',
  });
}

/** Whether a path is the API's; a slash behind it does not matter. */
export function isApi(endpoint: string, path: string): boolean {
  return path === endpoint || path === `${endpoint}/`;
}
