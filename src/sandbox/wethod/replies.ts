import type { Reply } from '../simulator.ts';

/** Wethod's error form. */
export function error(status: number, key: string, message: string): Reply {
  return { status, json: { key, message } };
}

/** Something that is not there. */
export function notFound(what: string): Reply {
  return error(404, 'not_found', `${what} not found.`);
}

/** A refusal in the present state. */
export function refused(message: string): Reply {
  return error(412, 'precondition_failure', message);
}

/** A parameter that is not valid. */
export function invalid(field: string, message: string): Reply {
  const text = "You provided invalid data. Check 'failures' for details.";
  return {
    status: 400,
    json: { key: 'invalid_data', message: text, failures: [{ field, message }] },
  };
}

/** A permission that the caller lacks. */
export function denied(permission: string): Reply {
  return error(403, 'forbidden', `You do not have the permission ${permission}.`);
}
