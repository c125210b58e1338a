import { addQuery, encodeSegment, path } from '../../upstream/path.ts';
import { parseBody } from '../core/body.ts';
import { type ChangeContext, type ChangeDeclaration, readBackAbsence } from '../core/change.ts';
import { defineVendor } from '../core/define-vendor.ts';
import type { Exchange, ReadVendor } from '../core/exchange.ts';
import { numericIdRule, opaqueIdRule } from '../core/input.ts';
import { findInPages, type PageSearch } from '../core/pagination.ts';
import { kaitenUser, userIds } from './decode.ts';
import type { GroupUser } from './entities.ts';
import { kaitenErrors } from './errors.ts';
import { toGroupUser } from './map.ts';
import { KaitenReads } from './reads.ts';

/** A group and one of its users, by Kaiten's ids. */
interface GroupUserInput {
  readonly groupUid: string;
  readonly userId: string;
}

/** The value of a removal; the user is null if the response was lost. */
interface RemovedUser extends GroupUserInput {
  readonly user: GroupUser | null;
}

const removeGroupUser: ChangeDeclaration<'KAITEN', GroupUserInput, RemovedUser> = {
  endpoint: 'DELETE /groups/{group_uid}/users/{user_id}',
  permission: null,
  permissionInWords: 'the administrative section "Members"',
  ending: 'Ends the membership in a group.',
  input: { groupUid: opaqueIdRule, userId: numericIdRule },
  notFound: 'Kaiten found no such group, user or membership, or the caller cannot see it.',
  success: (exchange, ids, context) => {
    const user = readRemovedUser(exchange, ids.userId, context);
    return user === null ? null : { ...ids, user };
  },
  readBack: (read, ids) => readBackAbsence(findUser(read, ids), { ...ids, user: null }),
  toStored: (removed) => ({ ...removed, user: null }),
};

/** Kaiten: developers.kaiten.ru, authorization. */
export const kaiten = defineVendor({
  id: 'KAITEN',
  title: 'Kaiten',
  description: 'Kaiten (kaiten.ru), with groups and their users.',
  url: {
    example: 'https://acme.kaiten.ru/api/latest',
    unusualPath: /(?<!\/api\/(?:latest|v1)\/*)$/,
    advice: "Kaiten's API is under /api/latest or /api/v1",
  },
  rateLimit: { default: '5/1', formerVariable: 'KAITEN_PACE' },
  harmlessRead: path`/users/current`,
  credentialHeaders: [
    {
      incoming: 'kaiten-authorization',
      outgoing: 'Authorization',
      form: 'bearer',
      secret: true,
      part: 'token',
      meaning: 'Kaiten\'s token, without "Bearer"',
    },
  ],
  rateLimitScope: 'credential',
  // The vendor's page lists the content type even for a DELETE without a body.
  headers: () => ['Accept', 'application/json', 'Content-Type', 'application/json'],
  errors: kaitenErrors,
  changes: { removeGroupUser },
  reads: KaitenReads,
  readEndpoints: [
    'GET /groups/{group_uid}/users',
    'GET /company/groups',
    'GET /company/groups/{uid}',
    'GET /company/users',
    'GET /users',
    'GET /users/current',
  ],
});

/** Returns the user that a removal returned; null if the response is not the success of this removal. */
function readRemovedUser(
  { response, credentials }: Exchange<'KAITEN'>,
  userId: string,
  context: ChangeContext,
): GroupUser | null {
  if (response.status !== 200) return null;
  const json = parseBody(response);
  const decoded = kaitenErrors.isErrorBody(json) ? null : kaitenUser.read(json);
  if (decoded === null || String(decoded.value.id) !== userId) return null;
  context.logInvalidFields('user', decoded.invalidFields);
  return toGroupUser(decoded.value, context.host, credentials.redactor);
}

/** Searches for a user in a group: `GET /groups/{group_uid}/users`. */
function findUser(
  read: ReadVendor<'KAITEN'>,
  { groupUid, userId }: GroupUserInput,
): Promise<PageSearch<{ readonly id: number }>> {
  const users = path`/groups/${encodeSegment(groupUid)}/users`;
  const list = {
    readPage: async (offset: number, limit: number) => {
      const exchange = await read(addQuery(users, { limit, offset }));
      const items = exchange === null ? undefined : userIds(parseBody(exchange.response));
      return items === undefined ? null : { items, total: null };
    },
    getId: ({ id }: { readonly id: number }) => String(id),
  };
  return findInPages(list, (user) => list.getId(user) === userId);
}
