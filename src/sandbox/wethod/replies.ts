import type { Reply } from '../simulator.ts';

/** Returns an error in Wethod's form. */
export function replyError(status: number, key: string, message: string): Reply {
  return { status, json: { key, message } };
}

/** Returns the error for an object that does not exist. */
export function replyNotFound(what: string): Reply {
  return replyError(404, 'not_found', `${what} not found.`);
}

/** Returns the error for a change that the current state does not allow. */
export function refusePrecondition(message: string): Reply {
  return replyError(412, 'precondition_failure', message);
}

/** Returns the error for an invalid parameter. */
export function refuseField(field: string, message: string): Reply {
  const text = "You provided invalid data. Check 'failures' for details.";
  return {
    status: 400,
    json: { key: 'invalid_data', message: text, failures: [{ field, message }] },
  };
}

/** Returns the error for a missing permission. */
export function refusePermission(permission: string): Reply {
  return replyError(403, 'forbidden', `You do not have the permission ${permission}.`);
}
