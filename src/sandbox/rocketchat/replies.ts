import type { Reply } from '../simulator.ts';

/** What every answer bears. */
export const uncached = { 'cache-control': 'no-store', pragma: 'no-cache' };

/** A success. */
export function success(json: object = {}): Reply {
  return { status: 200, headers: uncached, json: { ...json, success: true } };
}

/** A refusal with a type. */
export function refused(errorType: string, text: string, method?: string): Reply {
  const details = method === undefined ? {} : { details: { method } };
  const json = { success: false, error: `${text} [${errorType}]`, errorType, ...details };
  return { status: 400, headers: uncached, json };
}

/** A failure that is told by its text alone. */
export function failed(error: string, status = 400): Reply {
  return { status, headers: uncached, json: { success: false, error } };
}

/** The caller may not see it. */
export const forbidden = failed('unauthorized', 403);

/** The same for a room that does not exist, one that is no private one, and one not to be seen. */
export const roomNotFound = refused(
  'error-room-not-found',
  'The required "roomId" or "roomName" param provided does not match any group',
);

/** Neither `roomId` nor `roomName` came. */
export const noRoomGiven = refused(
  'error-room-param-not-provided',
  'The parameter "roomId" or "roomName" is required',
);

/** The route does not exist in this version. */
export const unknownRoute: Reply = {
  status: 404,
  json: { status: 'error', message: 'API endpoint does not exist.' },
};
