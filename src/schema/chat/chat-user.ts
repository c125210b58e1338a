import type { ChatUser } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { includedCost } from '../cost.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { getReads } from '../reads.ts';

/** The node of a {@link ChatUser}. */
export const ChatUserType = builder.node(builder.objectRef<ChatUser>('ChatUser'), {
  description: 'A user in Rocket.Chat.',
  id: exposeId((user: ChatUser) => toNodeId(user.tenant, user.userId)),
  loadWithoutCache: (id, context, info) => {
    const { rocketchat } = getReads(context, info);
    const key = toKey(id, rocketchat.tenant);
    return key === null ? null : rocketchat.user(rocketchat.checkId(key));
  },
  fields: (t) => ({
    userId: t.exposeID('userId', {
      description:
        "Rocket.Chat's ID of the user, which `removeChatGroupMember` expects as `userId`.",
    }),
    username: t.exposeString('username', {
      nullable: true,
      description: 'The name for mentions and login.',
    }),
    name: t.string({
      ...includedCost,
      nullable: true,
      description:
        "The first and last name of the user. Lists of members include it; for a room's owner it costs `GET users.info`.",
      resolve: async ({ userId, name }, _args, context, info) => {
        if (name !== undefined) return name;
        const user = await getReads(context, info).rocketchat.user(userId);
        return user?.name ?? null;
      },
    }),
  }),
});
