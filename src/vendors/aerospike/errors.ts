import {
  InvalidInputError,
  type MembershipError,
  NotFoundError,
  PermissionDeniedError,
} from '../../errors.ts';
import type { Answer } from '../../http/answer.ts';
import { asObject, firstText, readJson } from '../json.ts';
import { type Call, commonError, type Refusal, refused } from '../refusal.ts';
import { readReply } from '../reply.ts';

const title = 'Aerospike Cloud';

/** Whether a body is one of Aerospike's error forms: a text `message`, or problem details (RFC 9457). */
export function isAerospikeError(json: unknown): boolean {
  const object = asObject(json);
  return (
    typeof object?.['message'] === 'string' ||
    (typeof object?.['type'] === 'string' && typeof object['title'] === 'string')
  );
}

/**
 * What an answer that is no success means: the contract's column for Aerospike, after the vendor's
 * page "Remove org member" and the problem types of its newer documentation.
 */
export function aerospikeError(answer: Answer, call: Call): MembershipError {
  const body = asObject(readJson(answer));
  const type = body?.['type'];
  const refusal: Refusal = {
    vendor: 'AEROSPIKE',
    title,
    repeatable: call.repeatable,
    reply: readReply(
      answer,
      {
        code: firstText(body?.['code'], type),
        message: firstText(body?.['detail'], body?.['message'], body?.['title']),
      },
      call.redactor,
    ),
    ownWait: null,
  };
  switch (answer.status) {
    case 400:
      if (typeof type === 'string' && type.endsWith('not-found')) {
        return new NotFoundError(refused(refusal, call.notFound));
      }
      return new InvalidInputError({
        ...refused(refusal, `${title} says that the input is not valid; see issues.`),
        issues: [
          {
            path: ['input'],
            message: refusal.reply.message ?? `${title} does not say what is wrong.`,
          },
        ],
      });
    case 403:
      return new PermissionDeniedError({
        ...refused(refusal, `${title} does not allow this to the caller.`),
        requiredPermission: call.permission,
      });
    case 404:
      return new NotFoundError(refused(refusal, call.notFound));
    default:
      return commonError(answer, refusal);
  }
}
