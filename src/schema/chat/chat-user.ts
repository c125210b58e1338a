import type { ChatUser } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { paidAbove } from '../cost.ts';
import { keyOf, nodeId } from '../global-id.ts';
import { idBy } from '../kept-ids.ts';
import { readsOf } from '../reads.ts';

/** A user of Rocket.Chat. */
export const ChatUserType = builder.node(builder.objectRef<ChatUser>('ChatUser'), {
  description: 'A user of Rocket.Chat.',
  id: idBy((user: ChatUser) => nodeId(user.tenant, user.userId)),
  loadWithoutCache: (id, context, info) => {
    const { rocketchat } = readsOf(context, info);
    const key = keyOf(id, rocketchat.tenant);
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
      ...paidAbove,
      nullable: true,
      description:
        "First and last name. Comes along with members; for a room's owner `GET users.info`.",
      resolve: async ({ userId, name }, _args, context, info) => {
        if (name !== undefined) return name;
        const user = await readsOf(context, info).rocketchat.user(userId);
        return user?.name ?? null;
      },
    }),
  }),
});
