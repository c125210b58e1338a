import { createHash } from 'node:crypto';
import type { Step } from '../change.ts';
import type { MembershipVendor } from '../errors.ts';
import { type Answer, type Attempt, header } from '../http/answer.ts';
import type { VendorClient, VendorRequest } from '../http/client.ts';
import type { Operation } from '../http/operation.ts';
import type { Paced } from '../http/pacer.ts';
import type { VendorPath } from '../http/path.ts';
import type { Credentials } from './credentials.ts';
import { resetHeader } from './waits.ts';

/** An answer, with the credentials that it was made under. */
export interface Exchange<V extends MembershipVendor> {
  readonly answer: Answer;
  readonly credentials: Credentials<V>;
}

/** Reads at the vendor under the same credentials: null where there is no readable 200. */
export type Reader<V extends MembershipVendor> = (path: VendorPath) => Promise<Exchange<V> | null>;

/** What came of one call: an attempt, or the pacing let none out in time. */
export type Sent = Attempt | { readonly kind: 'paced'; readonly waitMs: number };

/**
 * Makes the calls of one change: each under the caller's credentials, counted against the vendor's
 * rate limit, within the time of the change.
 */
export class VendorCaller<V extends MembershipVendor> {
  readonly #client: VendorClient;
  readonly #credentials: Credentials<V>;
  readonly #operation: Operation;
  readonly #credentialHash: string;

  constructor(client: VendorClient, credentials: Credentials<V>, operation: Operation) {
    this.#client = client;
    this.#credentials = credentials;
    this.#operation = operation;
    this.#credentialHash =
      client.pacer === null
        ? ''
        : createHash('sha256').update(credentials.headers.join('\n')).digest('base64url');
  }

  /**
   * Makes one attempt, as soon as the pacing allows.
   *
   * @param onWriting called just before the head is written
   */
  async send(request: VendorRequest, onWriting: () => void): Promise<Sent> {
    const isWrite = request.method !== 'GET';
    const fits = (ms: number) =>
      isWrite ? this.#operation.fits(ms) : this.#operation.fitsRead(ms);
    const { pacer } = this.#client;
    const call = this.#paced(request);
    for (;;) {
      const waitMs = (await pacer?.take(call)) ?? 0;
      if (waitMs === 0) break;
      if (!fits(waitMs)) return { kind: 'paced', waitMs };
      await this.#operation.sleep(waitMs);
      // Looked at again: its client may have gone meanwhile, and nothing is to be written for it.
      if (!fits(0)) return { kind: 'paced', waitMs };
    }
    const headers = [...this.#credentials.headers, ...request.headers];
    const timeoutMs = this.#operation.takeCallMs();
    const attempt = await this.#client.attempt({ ...request, headers }, timeoutMs, onWriting);
    if (attempt.kind === 'answered') await this.#learn(call, attempt.answer);
    return attempt;
  }

  /** Reads under the same credentials, for a read-back. */
  async read(path: VendorPath, headers: readonly string[]): Promise<Exchange<V> | null> {
    const sent = await this.send({ method: 'GET', path, headers }, () => {});
    const isRead = sent.kind === 'answered' && sent.answer.status === 200;
    return isRead ? { answer: sent.answer, credentials: this.#credentials } : null;
  }

  /** Passes a step on, after holding later calls back where the vendor asked for it. */
  async report<T>(request: VendorRequest, step: Step<T>): Promise<Step<T>> {
    if (step.kind === 'limited' && step.waitMs !== null) {
      await this.#client.pacer?.hold(this.#paced(request), step.waitMs);
    }
    return step;
  }

  async #learn(call: Paced, answer: Answer): Promise<void> {
    const { pacer } = this.#client;
    if (pacer === null) return;
    if (answer.status === 401) return pacer.giveBack(call);
    const remaining = header(answer.headers, 'x-ratelimit-remaining');
    const isCount = remaining !== null && /^\d{1,9}$/.test(remaining);
    return pacer.learn(call, {
      remaining: isCount ? Number(remaining) : null,
      resetMs: resetHeader(answer),
    });
  }

  #paced({ method, path }: VendorRequest): Paced {
    const route = `${method} ${path.split('?', 1)[0]}`;
    return { credential: this.#credentialHash, route };
  }
}
