import type { Reply } from '../simulator.ts';

/** The headers of every response. */
export const uncached = { 'cache-control': 'no-store', pragma: 'no-cache' };

/** Returns a success. */
export function replySuccess(json: object = {}): Reply {
  return { status: 200, headers: uncached, json: { ...json, success: true } };
}

/** Returns a rejection with an `errorType`. */
export function refuse(errorType: string, text: string, method?: string): Reply {
  const details = method === undefined ? {} : { details: { method } };
  const json = { success: false, error: `${text} [${errorType}]`, errorType, ...details };
  return { status: 400, headers: uncached, json };
}

/** Returns a failure without an `errorType`. */
export function fail(error: string, status = 400): Reply {
  return { status, headers: uncached, json: { success: false, error } };
}

/** The response if the caller may not see an object. */
export const forbidden = fail('unauthorized', 403);

/** The response for a room that does not exist, is not private, or is not visible. */
export const roomNotFound = refuse(
  'error-room-not-found',
  'The required "roomId" or "roomName" param provided does not match any group',
);

/** The response if neither `roomId` nor `roomName` is present. */
export const noRoomGiven = refuse(
  'error-room-param-not-provided',
  'The parameter "roomId" or "roomName" is required',
);

/** The equivalent of `roomNotFound` for routes that accept rooms of all kinds. */
export const noSuchChannel = refuse(
  'error-room-not-found',
  'The required "roomId" or "roomName" param provided does not match any channel',
);

/** Returns the rejection of most routes for an archived room. */
export function refuseArchived(name: string, what = 'private group'): Reply {
  return refuse('error-room-archived', `The ${what}, ${name}, is archived`);
}

/** Returns the rejection of an invalid query or body. */
export function refuseParams(isTyped: boolean, error: string): Reply {
  const errorType = isTyped ? 'error-invalid-params' : 'invalid-params';
  return { status: 400, headers: uncached, json: { success: false, errorType, error } };
}

/** Returns the response of a route that does not exist in this version. */
export function replyUnknownRoute(answer: 'page' | 'text'): Reply {
  return answer === 'text'
    ? {
        status: 404,
        headers: { 'content-type': 'text/plain; charset=UTF-8' },
        text: '404 Not Found',
      }
    : { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, text: webPage };
}

const webPage =
  '<!DOCTYPE html>\n<html>\n<head><title>Rocket.Chat</title></head>\n<body></body>\n</html>\n';
