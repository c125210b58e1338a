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

/** The same as `roomNotFound`, of routes that look among rooms of all kinds. */
export const noSuchChannel = refused(
  'error-room-not-found',
  'The required "roomId" or "roomName" param provided does not match any channel',
);

/** The refusal of most routes while a room is archived. */
export function archived(name: string, what = 'private group'): Reply {
  return refused('error-room-archived', `The ${what}, ${name}, is archived`);
}

/** A query or a body that is not what the route takes. */
export function invalidParams(isTyped: boolean, error: string): Reply {
  const errorType = isTyped ? 'error-invalid-params' : 'invalid-params';
  return { status: 400, headers: uncached, json: { success: false, errorType, error } };
}

/** The route does not exist in this version. */
export function unknownRoute(answer: 'page' | 'text'): Reply {
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
