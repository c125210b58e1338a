import { path } from '../../upstream/path.ts';
import { asObject, parseBody } from '../core/body.ts';
import type { ChangeDeclaration } from '../core/change.ts';
import { defineVendor } from '../core/define-vendor.ts';
import type { Exchange } from '../core/exchange.ts';
import { opaqueIdRule } from '../core/input.ts';
import { rocketChatErrors } from './errors.ts';
import { type MembershipInput, readBackMembership, readBackOwnMembership } from './read-back.ts';
import { RocketChatReads } from './reads.ts';

/** A private room, by Rocket.Chat's id. */
interface ChatGroupInput {
  readonly groupId: string;
}

const leaveGroup: ChangeDeclaration<'ROCKETCHAT', ChatGroupInput, ChatGroupInput> = {
  endpoint: 'POST /api/v1/groups.leave',
  permission: 'leave-p',
  ending: "Ends the caller's own membership in a private room.",
  input: { groupId: opaqueIdRule },
  notFound: 'Rocket.Chat found no such private room, or the caller is not in it.',
  body: ({ groupId }) => JSON.stringify({ roomId: groupId }),
  success: (exchange, ids) => (isSuccess(exchange) ? ids : null),
  readBack: (read, ids) => readBackOwnMembership(read, ids),
  isOfOwner: true,
};

const removeChatGroupMember: ChangeDeclaration<'ROCKETCHAT', MembershipInput, MembershipInput> = {
  endpoint: 'POST /api/v1/groups.kick',
  permission: 'remove-user',
  ending: "Ends another user's membership in a private room.",
  input: { groupId: opaqueIdRule, userId: opaqueIdRule },
  notFound:
    'Rocket.Chat found no such private room, the caller cannot see it, or the user is not in it.',
  // The room may be archived, and the user deactivated.
  readBackCalls: 3,
  body: ({ groupId, userId }) => JSON.stringify({ roomId: groupId, userId }),
  success: (exchange, ids) => (isSuccess(exchange) ? ids : null),
  readBack: (read, ids) => readBackMembership(read, ids),
};

/** Rocket.Chat: the vendor's page "Leave Group", header parameters. */
export const rocketchat = defineVendor({
  id: 'ROCKETCHAT',
  title: 'Rocket.Chat',
  description: 'Rocket.Chat, with private rooms and their members.',
  url: {
    example: 'https://chat.example.com',
    unusualPath: /\/api(?:\/v1)?\/*$/,
    advice: 'The gateway adds /api/v1 itself',
  },
  rateLimit: { default: '10/60', formerVariable: 'ROCKETCHAT_PACE' },
  harmlessRead: path`/api/v1/me`,
  credentialHeaders: [
    {
      incoming: 'rocketchat-auth-token',
      outgoing: 'X-Auth-Token',
      form: 'opaque',
      secret: true,
      part: 'authToken',
      meaning: "Rocket.Chat's token",
    },
    {
      incoming: 'rocketchat-user-id',
      outgoing: 'X-User-Id',
      form: 'opaque',
      secret: false,
      part: 'userId',
      meaning: 'the ID of its user',
    },
  ],
  // The server (ApiClass) counts a call only after authentication, and not for callers with `api-bypass-rate-limit`.
  rateLimitScope: 'route',
  headers: () => ['Accept', 'application/json', 'Content-Type', 'application/json'],
  errors: rocketChatErrors,
  changes: { leaveGroup, removeChatGroupMember },
  reads: RocketChatReads,
  readEndpoints: [
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
});

/** The documentation shows a `group` in addition to `success`; the server's source sends none. */
function isSuccess({ response }: Exchange<'ROCKETCHAT'>): boolean {
  if (response.status !== 200) return false;
  const json = parseBody(response);
  return asObject(json)?.['success'] === true && !rocketChatErrors.isErrorBody(json);
}
