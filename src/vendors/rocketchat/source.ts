import type { ReadBack } from '../../changes/settle.ts';
import type { TimeBudget } from '../../changes/time-budget.ts';
import type { ChatGroupMemberRemoved, GroupLeft } from '../../domain/change-results.ts';
import { path } from '../../upstream/path.ts';
import { isAnnouncedAsJson } from '../core/dialect.ts';
import type { Exchange } from '../core/exchange.ts';
import { checkIds, opaqueIdRule } from '../core/input.ts';
import { asObject, readJson } from '../core/json.ts';
import type { VendorSession } from '../core/session.ts';
import type { Vendor } from '../core/vendor.ts';
import { isRocketChatError, mapRocketChatError } from './errors.ts';
import { readMembership, readOwnMembership } from './look.ts';
import { RocketChatReads } from './reads.ts';

/** A private room, by Rocket.Chat's own id. */
export interface ChatGroupInput {
  readonly groupId: string;
}

/** Somebody in a private room, by Rocket.Chat's own ids. */
export interface ChatGroupMemberInput extends ChatGroupInput {
  readonly userId: string;
}

/** Rocket.Chat: the vendor's page "Leave Group", header parameters. */
export const rocketchat: Vendor<'ROCKETCHAT', RocketChatSource, RocketChatReads> = {
  id: 'ROCKETCHAT',
  title: 'Rocket.Chat',
  urlVariable: 'ROCKETCHAT_URL',
  url: {
    example: 'https://chat.example.com',
    unusualPath: /\/api(?:\/v1)?\/*$/,
    advice: 'The gateway adds /api/v1 itself',
  },
  rateLimit: { default: '10/60', formerVariable: 'ROCKETCHAT_PACE' },
  harmlessRead: path`/api/v1/me`,
  credentialHeaders: [
    { incoming: 'rocketchat-auth-token', outgoing: 'X-Auth-Token', form: 'opaque', secret: true },
    { incoming: 'rocketchat-user-id', outgoing: 'X-User-Id', form: 'opaque', secret: false },
  ],
  endpoints: [
    'POST /api/v1/groups.leave',
    'POST /api/v1/groups.kick',
    'GET /api/v1/subscriptions.get',
    'GET /api/v1/subscriptions.getOne',
    'GET /api/v1/rooms.isMember',
    'GET /api/v1/rooms.membersOrderedByRole',
    'GET /api/v1/groups.info',
    'GET /api/v1/groups.list',
    'GET /api/v1/groups.members',
    'GET /api/v1/groups.roles',
    'GET /api/v1/me',
    'GET /api/v1/permissions.listAll',
    'GET /api/v1/users.info',
  ],
  limitedBy: 'route',
  dialect: () => ({
    headers,
    error: mapRocketChatError,
    isErrorForm: isRocketChatError,
    isKnownAnswer: (_answer, json) => isRocketChatError(json),
    isKnownHead: isAnnouncedAsJson,
  }),
  connect: (link) => new RocketChatSource(link),
  read: (reader) => new RocketChatReads(reader),
};

const headers = ['Accept', 'application/json', 'Content-Type', 'application/json'];

/** Rocket.Chat's private rooms, as the caller may leave them and take others out of them. */
export class RocketChatSource {
  readonly #link: VendorSession<'ROCKETCHAT'>;

  constructor(link: VendorSession<'ROCKETCHAT'>) {
    this.#link = link;
  }

  /**
   * Takes the caller out of a private room: `POST /api/v1/groups.leave`.
   *
   * @throws {MembershipError} whatever keeps the change from being made or from being known; or it rejects with it
   */
  leaveGroup(input: ChatGroupInput, operation: TimeBudget): Promise<GroupLeft> {
    const ids = checkIds(this.#link.vendor, input, { groupId: opaqueIdRule });
    const body = JSON.stringify({ roomId: ids.groupId });
    return this.#link.change(
      {
        mutation: 'leaveGroup',
        ids,
        request: { method: 'POST', path: path`/api/v1/groups.leave`, headers, body },
        notFound: 'Rocket.Chat finds no such private room, or the caller is not in it.',
        permission: 'leave-p',
        read: (exchange) => (isMade(exchange) ? ids : null),
        look: (reader) => sightOf(readOwnMembership(reader, ids.groupId), ids),
      },
      operation,
    );
  }

  /**
   * Takes somebody out of a private room: `POST /api/v1/groups.kick`.
   *
   * @throws {MembershipError} whatever keeps the change from being made or from being known; or it rejects with it
   */
  removeChatGroupMember(
    input: ChatGroupMemberInput,
    operation: TimeBudget,
  ): Promise<ChatGroupMemberRemoved> {
    const ids = checkIds(this.#link.vendor, input, { groupId: opaqueIdRule, userId: opaqueIdRule });
    const body = JSON.stringify({ roomId: ids.groupId, userId: ids.userId });
    return this.#link.change(
      {
        mutation: 'removeChatGroupMember',
        ids,
        request: { method: 'POST', path: path`/api/v1/groups.kick`, headers, body },
        notFound:
          'Rocket.Chat finds no such private room, the caller cannot see it, or the person is not in it.',
        permission: 'remove-user',
        read: (exchange) => (isMade(exchange) ? ids : null),
        look: (reader) => sightOf(readMembership(reader, ids), ids),
      },
      operation,
    );
  }
}

/** What a look at a membership that is to end shows of the change. */
async function sightOf<T>(isMember: Promise<boolean | null>, value: T): Promise<ReadBack<T>> {
  const seen = await isMember;
  if (seen === null) return { kind: 'unreadable' };
  return seen ? { kind: 'notInPlace' } : { kind: 'inPlace', value };
}

/** The documentation of a leave shows a `group` beside `success`; the server's source sends none. */
function isMade({ answer }: Exchange<'ROCKETCHAT'>): boolean {
  if (answer.status !== 200) return false;
  const json = readJson(answer);
  return asObject(json)?.['success'] === true && !isRocketChatError(json);
}
