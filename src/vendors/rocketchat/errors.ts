import {
  AuthenticationError,
  InvalidInputError,
  LastOwnerError,
  type MembershipError,
  NotFoundError,
  PermissionDeniedError,
  PreconditionFailedError,
} from '../../errors.ts';
import type { VendorResponse } from '../../upstream/response.ts';
import {
  type MappedCall,
  mapCommonError,
  toContractError,
  toErrorInit,
  toRateLimitedError,
  type VendorRefusal,
} from '../core/error-mapping.ts';
import { asObject, findFirstText, readJson } from '../core/json.ts';
import { readReply } from '../core/reply.ts';
import { parseRateLimitWait } from '../core/retry-after.ts';

const title = 'Rocket.Chat';

/** The permission without which the members of a broadcast room are not listed. */
export const seesBroadcastMembers = 'view-broadcast-member-list';

/** Whether a body is Rocket.Chat's error form: `success` false, or `status` "error". */
export function isRocketChatError(json: unknown): boolean {
  const object = asObject(json);
  return object?.['success'] === false || object?.['status'] === 'error';
}

/**
 * What an answer that is no success means: the contract's column for Rocket.Chat, after the vendor's
 * page "Leave Group" and its server's source (`leaveRoomMethod`), which answers 400 to nearly all.
 */
export function mapRocketChatError(answer: VendorResponse, call: MappedCall): MembershipError {
  const json = readJson(answer);
  const body = asObject(json);
  const message = findFirstText(body?.['message'], body?.['error']);
  const errorType = readErrorType(json);
  const refusal: VendorRefusal = {
    vendor: 'ROCKETCHAT',
    title,
    repeatable: call.repeatable,
    reply: readReply(answer, { code: errorType, message }, call.redactor),
    ownWait: parseRateLimitWait(answer) ?? secondsInText(message),
  };
  const type = errorType ?? typesByText.get(body?.['error']);
  switch (answer.status) {
    case 200:
      return body?.['success'] === false
        ? byType(type, answer, refusal, call)
        : toContractError(refusal);
    case 400:
      return byType(type, answer, refusal, call);
    case 401:
      return isForWantOfPermission(body, call)
        ? notAllowed(refusal, call.permission)
        : mapCommonError(answer, refusal);
    case 403:
      return notAllowed(refusal, null);
    default:
      return mapCommonError(answer, refusal);
  }
}

/** Returns the type of an error of Rocket.Chat's: its `errorType`, or the `[error-…]` at the end of its text. */
export function readErrorType(json: unknown): string | undefined {
  const body = asObject(json);
  return (
    findFirstText(body?.['errorType']) ?? typeAtEnd(body?.['error']) ?? typeAtEnd(body?.['message'])
  );
}

/** Returns whether an error is Rocket.Chat's answer about a user that does not exist: a 400, often without a type. */
export function isUnknownUser({ vendorCode, vendorMessage }: MembershipError): boolean {
  return (
    unknownUserTypes.has(vendorCode ?? '') ||
    /^(?:User not found\.?|Invalid user|error-user-not-found)$/.test(vendorMessage ?? '')
  );
}

const unknownUserTypes = new Set(['error-invalid-user', 'error-user-not-found']);

/** The types of refusals that the server writes as a text only, before it changes anything. */
const typesByText = new Map<unknown, string>([
  ['Invalid user', 'error-invalid-user'],
  ['Invalid search query.', 'error-invalid-params'],
]);

/**
 * Whether a 401 concerns a permission and not the credential. `rooms.membersOrderedByRole` answers so for a
 * broadcast room (`API.v1.unauthorized()` in the server's `rooms.ts`).
 */
function isForWantOfPermission(
  body: Readonly<Record<string, unknown>> | null,
  { permission }: MappedCall,
): boolean {
  return (
    permission === seesBroadcastMembers &&
    body?.['error'] === 'unauthorized' &&
    body['status'] !== 'error'
  );
}

function byType(
  errorType: unknown,
  answer: VendorResponse,
  refusal: VendorRefusal,
  call: MappedCall,
): MembershipError {
  switch (errorType) {
    case 'error-room-not-found':
    case 'error-user-not-in-room':
    case 'error-invalid-room':
    case 'error-invalid-user':
    case 'error-user-not-found':
    case 'error-user-param-not-provided':
      return new NotFoundError(toErrorInit(refusal, call.notFound));
    case 'error-you-are-last-owner':
      return new LastOwnerError(
        toErrorInit(
          refusal,
          `${title}: the last owner of a room must name another owner before leaving.`,
        ),
      );
    case 'error-room-archived':
      return new PreconditionFailedError(
        toErrorInit(refusal, `${title} refuses this while the room is archived.`),
      );
    case 'error-app-prevented':
      return new PreconditionFailedError(
        toErrorInit(refusal, `${title}: an app of the workspace prevents this.`),
      );
    case 'error-not-allowed':
    case 'error-unauthorized':
      return notAllowed(refusal, call.permission);
    case 'error-room-param-not-provided':
    case 'invalid-params':
    case 'error-invalid-params':
      return new InvalidInputError({
        ...toErrorInit(refusal, `${title} says that the input is not valid; see issues.`),
        issues: [
          {
            path: ['input', 'groupId'],
            message: refusal.reply.message ?? `${title} does not say what is wrong.`,
          },
        ],
      });
    case 'totp-required':
    case 'totp-invalid':
      return new AuthenticationError({
        ...toErrorInit(
          refusal,
          `${title} requires a second factor for this, which the gateway cannot provide. Use a personal access token that ignores two-factor authentication.`,
        ),
        problem: 'REJECTED',
      });
    case 'error-too-many-requests':
      return toRateLimitedError(answer, refusal);
    default:
      // The subscription is deleted before the server's hooks run, so this may follow a leave.
      return toContractError(refusal);
  }
}

function notAllowed(
  refusal: VendorRefusal,
  requiredPermission: string | null,
): PermissionDeniedError {
  return new PermissionDeniedError({
    ...toErrorInit(refusal, `${title} does not allow this to the caller.`),
    requiredPermission,
  });
}

/** The `[error-…]` at the end of an error's text, for the answers that have no `errorType`. */
function typeAtEnd(text: unknown): string | undefined {
  return typeof text === 'string' ? /\[(error-[a-z0-9-]{1,90})\]\s*$/.exec(text)?.[1] : undefined;
}

function secondsInText(text: unknown): number | null {
  const seconds =
    typeof text === 'string' ? /must wait (\d{1,6}) seconds/.exec(text)?.[1] : undefined;
  return seconds === undefined ? null : Number(seconds) * 1000;
}
