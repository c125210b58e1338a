import type { TimeBudget } from '../../changes/time-budget.ts';
import type { Confirmed, GroupUserRemoved } from '../../domain/change-results.ts';
import type { GroupUser } from '../../domain/entities.ts';
import { addQuery, encodeSegment, path } from '../../upstream/path.ts';
import type { Exchange, Reader } from '../core/exchange.ts';
import { findInPages } from '../core/find-in-pages.ts';
import { checkIds, numericIdRule, opaqueIdRule } from '../core/input.ts';
import { readJson } from '../core/json.ts';
import type { VendorSession } from '../core/session.ts';
import type { Vendor } from '../core/vendor.ts';
import { decodeUserIds, kaitenUser } from './decode.ts';
import { isKaitenAnswer, isKaitenError, isKaitenHead, mapKaitenError } from './errors.ts';
import { toGroupUser } from './map.ts';
import { KaitenReads } from './reads.ts';

/** A group and one of its users, in Kaiten's own ids. */
export interface GroupUserInput {
  readonly groupUid: string;
  readonly userId: string;
}

/** Kaiten: developers.kaiten.ru, authorization. */
export const kaiten: Vendor<'KAITEN', KaitenSource, KaitenReads> = {
  id: 'KAITEN',
  title: 'Kaiten',
  urlVariable: 'KAITEN_URL',
  url: {
    example: 'https://acme.kaiten.ru/api/latest',
    unusualPath: /(?<!\/api\/(?:latest|v1)\/*)$/,
    advice: "Kaiten's API is under /api/latest or /api/v1",
  },
  rateLimit: { default: '5/1', formerVariable: 'KAITEN_PACE' },
  harmlessRead: path`/users/current`,
  credentialHeaders: [
    { incoming: 'kaiten-authorization', outgoing: 'Authorization', form: 'bearer', secret: true },
  ],
  endpoints: [
    'DELETE /groups/{group_uid}/users/{user_id}',
    'GET /groups/{group_uid}/users',
    'GET /company/groups',
    'GET /company/groups/{uid}',
    'GET /company/users',
    'GET /users',
    'GET /users/current',
  ],
  limitedBy: 'credential',
  dialect: () => ({
    headers,
    error: mapKaitenError,
    isErrorForm: isKaitenError,
    isKnownAnswer: isKaitenAnswer,
    isKnownHead: isKaitenHead,
  }),
  connect: (link) => new KaitenSource(link),
  read: (reader) => new KaitenReads(reader),
};

const rules = { groupUid: opaqueIdRule, userId: numericIdRule };
// The vendor's page lists the content type even for a DELETE without a body.
const headers = ['Accept', 'application/json', 'Content-Type', 'application/json'];

/** Kaiten's groups and their users, as one caller may change them. */
export class KaitenSource {
  readonly #link: VendorSession<'KAITEN'>;

  constructor(link: VendorSession<'KAITEN'>) {
    this.#link = link;
  }

  /**
   * Takes a user out of a group: `DELETE /groups/{group_uid}/users/{user_id}`.
   *
   * @throws {MembershipError} whatever keeps the change from being made or from being known; or it rejects with it
   */
  removeGroupUser(input: GroupUserInput, operation: TimeBudget): Promise<GroupUserRemoved> {
    const ids = checkIds(this.#link.vendor, input, rules);
    const target = path`/groups/${encodeSegment(ids.groupUid)}/users/${encodeSegment(ids.userId)}`;
    return this.#link.change<Omit<GroupUserRemoved, keyof Confirmed>>(
      {
        mutation: 'removeGroupUser',
        ids,
        request: { method: 'DELETE', path: target, headers },
        notFound: 'Kaiten finds no such group, user or membership, or the caller cannot see it.',
        read: (exchange) => {
          const user = this.#readUser(exchange, ids.userId);
          return user === null ? null : { ...ids, user };
        },
        permission: null,
        look: async (reader) => {
          const found = await findUser(reader, ids);
          if (found.kind === 'found') return { kind: 'notInPlace' };
          if (found.kind === 'unreadable') return found;
          return { kind: 'inPlace', value: { ...ids, user: null } };
        },
      },
      operation,
    );
  }

  #readUser({ answer, credentials }: Exchange<'KAITEN'>, userId: string): GroupUser | null {
    if (answer.status !== 200) return null;
    const json = readJson(answer);
    const reading = isKaitenError(json) ? null : kaitenUser.read(json);
    if (reading === null || String(reading.value.id) !== userId) return null;
    this.#link.noteDropped('user', reading.dropped);
    return toGroupUser(reading.value, this.#link.host, credentials.redactor);
  }
}

/** Looks for a user in a group: `GET /groups/{group_uid}/users`. */
function findUser(reader: Reader<'KAITEN'>, { groupUid, userId }: GroupUserInput) {
  const list = path`/groups/${encodeSegment(groupUid)}/users`;
  return findInPages<{ readonly id: number }>({
    read: async (offset, limit) => {
      const exchange = await reader(addQuery(list, { limit, offset }));
      if (exchange === null) return null;
      const items = decodeUserIds(readJson(exchange.answer));
      return items === undefined ? null : { items, total: null };
    },
    idOf: ({ id }) => String(id),
    isTarget: ({ id }) => String(id) === userId,
  });
}
