import {
  AuthenticationError,
  LastOwnerError,
  type MembershipError,
  PreconditionFailedError,
} from '../../errors.ts';
import { asObject, findFirstText } from '../core/body.ts';
import { isAnnouncedAsJson, type VendorErrors } from '../core/dialect.ts';
import {
  type ErrorRow,
  mapErrors,
  toCommonError,
  toContractError,
  toErrorInit,
  toInvalidInput,
  toNotFound,
  toPermissionDenied,
  toRateLimited,
  type VendorProblem,
} from '../core/error-mapping.ts';

/** The permission that is required to list the members of a broadcast room. */
export const broadcastMembersPermission = 'view-broadcast-member-list';

/**
 * Rocket.Chat's errors: `success` false, or `status` "error". The vendor's page "Leave Group" and its server's source
 * (`leaveRoomMethod`) show their types: nearly all errors have status 400.
 */
export const rocketChatErrors: VendorErrors = {
  map: mapErrors(
    (_response, json) => {
      const { message, error } = asObject(json) ?? {};
      const text = findFirstText(message, error);
      return { code: readErrorType(json), message: text, ownWaitMs: parseWait(text) };
    },
    {
      200: (problem) =>
        problem.body?.['success'] === false ? mapByType(problem) : toContractError(problem),
      400: mapByType,
      401: (problem) =>
        isMissingPermission(problem) ? toPermissionDenied(problem) : toCommonError(problem),
      403: (problem) => toPermissionDenied(problem, null),
    },
  ),
  isErrorBody,
  isKnownResponse: (_response, json) => isErrorBody(json),
  isKnownHead: isAnnouncedAsJson,
};

function isErrorBody(json: unknown): boolean {
  const object = asObject(json);
  return object?.['success'] === false || object?.['status'] === 'error';
}

/** Returns the type of an error: its `errorType`, or the `[error-…]` at the end of its text. */
export function readErrorType(json: unknown): string | undefined {
  const { errorType, error, message } = asObject(json) ?? {};
  return findFirstText(errorType) ?? parseTypeAtEnd(error) ?? parseTypeAtEnd(message);
}

const unknownUserTypes = new Set(['error-invalid-user', 'error-user-not-found']);

/** Returns whether an error reports that a user does not exist: a 400, often without a type. */
export function isUnknownUser({ vendorCode, vendorMessage }: MembershipError): boolean {
  return (
    unknownUserTypes.has(vendorCode ?? '') ||
    /^(?:User not found\.?|Invalid user|error-user-not-found)$/.test(vendorMessage ?? '')
  );
}

/** The types of errors that the server sends as a text only, before it changes anything. */
const typesByText = new Map<unknown, string>([
  ['Invalid user', 'error-invalid-user'],
  ['Invalid search query.', 'error-invalid-params'],
]);

const rejectGroupId = toInvalidInput(undefined, ['input', 'groupId']);

const toSecondFactor: ErrorRow = (problem) =>
  new AuthenticationError({
    ...toErrorInit(
      problem,
      'Rocket.Chat requires a second factor, which the gateway cannot provide. Use a personal access token that ignores two-factor authentication.',
    ),
    problem: 'REJECTED',
  });

const rowsByType: Readonly<Record<string, ErrorRow>> = {
  'error-room-not-found': toNotFound,
  'error-user-not-in-room': toNotFound,
  'error-invalid-room': toNotFound,
  'error-invalid-user': toNotFound,
  'error-user-not-found': toNotFound,
  'error-user-param-not-provided': toNotFound,
  'error-you-are-last-owner': (problem) =>
    new LastOwnerError(
      toErrorInit(
        problem,
        'Rocket.Chat does not let the last owner of a room leave it. Make another member an owner first.',
      ),
    ),
  'error-room-archived': (problem) =>
    new PreconditionFailedError(
      toErrorInit(
        problem,
        'Rocket.Chat does not allow this while the room is archived. Unarchive the room first.',
      ),
    ),
  'error-app-prevented': (problem) =>
    new PreconditionFailedError(
      toErrorInit(
        problem,
        'An app of the Rocket.Chat workspace prevents this. Ask a workspace administrator.',
      ),
    ),
  'error-not-allowed': (problem) => toPermissionDenied(problem),
  'error-unauthorized': (problem) => toPermissionDenied(problem),
  'error-room-param-not-provided': rejectGroupId,
  'invalid-params': rejectGroupId,
  'error-invalid-params': rejectGroupId,
  'totp-required': toSecondFactor,
  'totp-invalid': toSecondFactor,
  'error-too-many-requests': toRateLimited,
};

function mapByType(problem: VendorProblem): MembershipError {
  const { body } = problem;
  const type = readErrorType(body) ?? typesByText.get(body?.['error']);
  const row = type !== undefined && Object.hasOwn(rowsByType, type) ? rowsByType[type] : undefined;
  // An unknown error may follow a removal: the subscription is deleted before the server's hooks run.
  return (row ?? toContractError)(problem);
}

/**
 * Returns whether a 401 is about a permission and not about the credential. `rooms.membersOrderedByRole` responds like
 * this for a broadcast room (`API.v1.unauthorized()` in the server's `rooms.ts`).
 */
function isMissingPermission({ body, call: { permission } }: VendorProblem): boolean {
  return (
    permission === broadcastMembersPermission &&
    body?.['error'] === 'unauthorized' &&
    body['status'] !== 'error'
  );
}

/** Returns the `[error-…]` at the end of an error's text, for responses without an `errorType`. */
function parseTypeAtEnd(text: unknown): string | undefined {
  return typeof text === 'string' ? /\[(error-[a-z0-9-]{1,90})\]\s*$/.exec(text)?.[1] : undefined;
}

/** Returns the wait that an error's text names, in ms; null if it names none. */
function parseWait(text: string | undefined): number | null {
  const seconds = /must wait (\d{1,6}) seconds/.exec(text ?? '')?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
