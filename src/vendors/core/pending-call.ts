import type { Change, Sight, Step } from '../../changes/settle.ts';
import type { Operation } from '../../changes/time-budget.ts';
import { type MembershipError, type MembershipVendor, VendorContractError } from '../../errors.ts';
import type { Answer } from '../../upstream/response.ts';
import { stepOf } from './classify-response.ts';
import type { Credentials } from './credentials.ts';
import { describeIntermediary } from './foreign.ts';
import { contradicted, heldBack, unanswered } from './gateway-errors.ts';
import type { VendorAccess } from './runtime.ts';
import type { Sent, VendorCaller } from './sender.ts';
import type { LinkedRequest } from './session.ts';
import type { VendorCall, VendorChange } from './vendor-call.ts';

/** The steps after which the vendor may be at fault. */
const faultySteps = new Set<Step<unknown>['kind']>([
  'failed',
  'lost',
  'unsent',
  'doubtful',
  'unclear',
]);

/** What a call is made with, once it may be made. */
export interface PendingCallSettings<V extends MembershipVendor, T> {
  readonly access: VendorAccess<V>;
  readonly request: LinkedRequest;
  readonly call: VendorCall<V, T> | VendorChange<V, T>;
  readonly caller: VendorCaller<V>;
  readonly credentials: Credentials<V>;
  readonly operation: Operation;
}

/** One call of a vendor while it is settled; a read is a change that leaves nothing to read back. */
export class PendingCall<V extends MembershipVendor, T> implements Change<T> {
  readonly isRepeatable: boolean;
  /** The vendor's last answer, null where it gave none. */
  answer: Answer | null = null;
  readonly #settings: PendingCallSettings<V, T>;
  /** Whether the next attempt was counted before: the first of a read is, when the read is begun. */
  #isCounted: boolean;

  constructor(settings: PendingCallSettings<V, T>) {
    this.isRepeatable = isRepeatable(settings.call);
    this.#settings = settings;
    this.#isCounted = !settings.caller.isChange;
  }

  send(): Promise<Step<T>> {
    const { call, caller, operation } = this.#settings;
    if (!this.#isCounted) operation.takeCall();
    this.#isCounted = false;
    return caller.write(call.request, (sent) => this.#stepAfter(sent));
  }

  #stepAfter(sent: Sent): Step<T> {
    const { access, caller, operation } = this.#settings;
    if (sent.kind !== 'answered' && sent.kind !== 'notSent' && sent.kind !== 'lost') {
      return { kind: 'held', error: heldBack(access.vendor, sent, this.isRepeatable) };
    }
    const next =
      sent.kind === 'answered'
        ? this.#read(sent.answer)
        : unanswered(access.vendor, sent, this.isRepeatable);
    if (next.kind === 'made') return next;
    const isFaulty = faultySteps.has(next.kind) || next.error instanceof VendorContractError;
    if (isFaulty && !operation.signal?.aborted)
      this.#note(next, sent.kind === 'answered' ? sent.answer : null);
    if (next.kind === 'limited') caller.hold(next.waitMs);
    return next;
  }

  async readBack(): Promise<Sight<T>> {
    const { access, call, caller, operation } = this.#settings;
    if (!('look' in call)) return { kind: 'unreadable' };
    const { headers } = call.request;
    const sight = await call.look((path, statuses) => {
      operation.takeCall();
      return caller.read(path, headers, statuses);
    });
    access.client?.observer.readBack(sight.kind);
    return sight;
  }

  contradicted(said: MembershipError): MembershipError {
    return contradicted(this.#settings.access.vendor, said);
  }

  #read(answer: Answer): Step<T> {
    this.answer = answer;
    const { access, call, credentials } = this.#settings;
    return stepOf(call, { answer, credentials }, access, this.isRepeatable);
  }

  /** Logs an attempt that leaves something open, for whoever must find out which vendor fails, and how. */
  #note(next: Exclude<Step<T>, { kind: 'made' }>, answer: Answer | null): void {
    const { access, request, call, credentials } = this.#settings;
    const { redactor } = credentials;
    const { method, path } = call.request;
    const { name, vendorStatus: status, cause } = next.error;
    const { code, message } = cause instanceof Error ? (cause as NodeJS.ErrnoException) : {};
    // Without the query, which may hold an e-mail address.
    const route = redactor.data(path.split('?', 1)[0]);
    const where = { vendor: access.vendor.id, method, path: route, attempt: next.kind };
    const what = { error: name, status, code, detail: redactor.data(message) };
    const by = answer && describeIntermediary(answer, access.client?.origin, redactor);
    request.log().warn({ ...where, ...what, ...by }, 'an attempt failed');
  }
}

/** Whether a call, made twice, leaves the state that it leaves when made once (RFC 9110, section 9.2.2). */
export function isRepeatable({ request }: Pick<VendorCall<never, never>, 'request'>): boolean {
  return request.method !== 'POST';
}
