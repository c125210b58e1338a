import { type changes, ids } from '../../test/support/changes.ts';
import * as client from '../src/index.ts';

/** A change with good ids, made by the client. */
export type MakeChange = (
  gateway: client.Gateway,
  more?: { readonly idempotencyKey?: string | null | undefined },
) => Promise<client.Keyed<client.ChangeResult>>;

const leader = { streamId: ids.streamId, leaderId: ids.leaderId };
const person = { groupId: ids.groupId, userId: ids.chatUserId };
const groupUser = { groupUid: ids.groupUid, userId: ids.kaitenUserId };

/** The changes by the name of their mutation. */
export const calls: Readonly<Record<keyof typeof changes, MakeChange>> = {
  attachStreamLeader: (gateway, more) => client.attachStreamLeader(gateway, { ...leader, ...more }),
  detachStreamLeader: (gateway, more) => client.detachStreamLeader(gateway, { ...leader, ...more }),
  removeGroupUser: (gateway, more) => client.removeGroupUser(gateway, { ...groupUser, ...more }),
  removeOrgMember: (gateway, more) =>
    client.removeOrgMember(gateway, { userId: ids.memberId, ...more }),
  leaveGroup: (gateway, more) => client.leaveGroup(gateway, { groupId: ids.groupId, ...more }),
  removeChatGroupMember: (gateway, more) =>
    client.removeChatGroupMember(gateway, { ...person, ...more }),
};
