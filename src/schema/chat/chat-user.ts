import type { ChatUser } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { declareFree } from '../cost.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { getReads } from '../reads.ts';

/** A user of Rocket.Chat. */
export const ChatUserType = builder.node(builder.objectRef<ChatUser>('ChatUser'), {
  description: 'A user of Rocket.Chat.',
  id: exposeId((user: ChatUser) => toNodeId(user.tenant, user.userId)),
  loadWithoutCache: (id, context, info) => {
    const { rocketchat } = getReads(context, info);
    const key = toKey(id, rocketchat.tenant);
    return key === null ? null : rocketchat.user(rocketchat.checkId(key));
  },
  fields: (t) => ({
    userId: t.exposeID('userId', {
      description: "Rocket.Chat's id of the user: the userId of removeChatGroupMember.",
    }),
    username: t.exposeString('username', {
      nullable: true,
      description: 'Name for mentions and login.',
    }),
    name: t.string({
      ...declareFree,
      nullable: true,
      description:
        "First and last name. Comes along with members; for a room's owner `GET users.info`.",
      resolve: async ({ userId, name }, _args, context, info) => {
        if (name !== undefined) return name;
        const user = await getReads(context, info).rocketchat.user(userId);
        return user?.name ?? null;
      },
    }),
  }),
});
