import {
  InvalidInputError,
  LastOwnerError,
  type MembershipError,
  NotFoundError,
  PermissionDeniedError,
  PreconditionFailedError,
} from '../../errors.ts';
import type { Answer } from '../../http/answer.ts';
import { asObject, firstText, readJson } from '../json.ts';
import {
  type Call,
  commonError,
  type Refusal,
  rateLimited,
  refused,
  unreadable,
} from '../refusal.ts';
import { readReply } from '../reply.ts';
import { rateLimitWait } from '../waits.ts';

const title = 'Rocket.Chat';

/** Whether a body is Rocket.Chat's error form: `success` false, or `status` "error". */
export function isRocketChatError(json: unknown): boolean {
  const object = asObject(json);
  return object?.['success'] === false || object?.['status'] === 'error';
}

/**
 * What an answer that is no success means: the contract's column for Rocket.Chat, after the vendor's
 * page "Leave Group" and its server's source (`leaveRoomMethod`), which answers 400 to nearly all.
 */
export function rocketChatError(answer: Answer, call: Call): MembershipError {
  const json = readJson(answer);
  const body = asObject(json);
  const message = firstText(body?.['message'], body?.['error']);
  const errorType =
    firstText(body?.['errorType']) ?? typeAtEnd(body?.['error']) ?? typeAtEnd(body?.['message']);
  const refusal: Refusal = {
    vendor: 'ROCKETCHAT',
    title,
    repeatable: call.repeatable,
    reply: readReply(answer, { code: errorType, message }, call.redactor),
    ownWait: rateLimitWait(answer) ?? secondsInText(message),
  };
  switch (answer.status) {
    case 200:
      return body?.['success'] === false
        ? byType(errorType, answer, refusal, call)
        : unreadable(refusal);
    case 400:
      return byType(errorType, answer, refusal, call);
    case 403:
      return notAllowed(refusal, null);
    default:
      return commonError(answer, refusal);
  }
}

/** Rocket.Chat's answer to a user who does not exist: a 400 without a type. */
export function isUnknownUser({ vendorCode, vendorMessage }: MembershipError): boolean {
  const codes = ['error-invalid-user', 'error-user-not-found'];
  return codes.includes(vendorCode ?? '') || /^User not found\.?$/.test(vendorMessage ?? '');
}

function byType(errorType: unknown, answer: Answer, refusal: Refusal, call: Call): MembershipError {
  switch (errorType) {
    case 'error-room-not-found':
    case 'error-user-not-in-room':
    case 'error-invalid-room':
      return new NotFoundError(refused(refusal, call.notFound));
    case 'error-you-are-last-owner':
      return new LastOwnerError(
        refused(
          refusal,
          `${title}: the last owner of a room must name another owner before leaving.`,
        ),
      );
    case 'error-room-archived':
      return new PreconditionFailedError(
        refused(refusal, `${title} refuses this while the room is archived.`),
      );
    case 'error-app-prevented':
      return new PreconditionFailedError(
        refused(refusal, `${title}: an app of the workspace prevents this.`),
      );
    case 'error-not-allowed':
    case 'error-unauthorized':
      return notAllowed(refusal, call.permission);
    case 'error-room-param-not-provided':
    case 'invalid-params':
      return new InvalidInputError({
        ...refused(refusal, `${title} says that the input is not valid; see issues.`),
        issues: [
          {
            path: ['input', 'groupId'],
            message: refusal.reply.message ?? `${title} does not say what is wrong.`,
          },
        ],
      });
    case 'error-too-many-requests':
      return rateLimited(answer, refusal);
    default:
      // The subscription is deleted before the server's hooks run, so this may follow a leave.
      return unreadable(refusal);
  }
}

function notAllowed(refusal: Refusal, requiredPermission: string | null): PermissionDeniedError {
  return new PermissionDeniedError({
    ...refused(refusal, `${title} does not allow this to the caller.`),
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
