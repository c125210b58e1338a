import type { ChatGroupMember } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { includedCost } from '../cost.ts';
import { ChatUserType } from './chat-user.ts';

/** The object of a {@link ChatGroupMember}. */
export const ChatGroupMemberType = builder.objectRef<ChatGroupMember>('ChatGroupMember').implement({
  description: 'A member of a private room in Rocket.Chat.',
  fields: (t) => ({
    user: t.expose('user', { type: ChatUserType, description: 'The user who is a member.' }),
    roles: t.stringList({
      ...includedCost,
      nullable: true,
      description:
        'The roles of the member in the room, such as "owner", "moderator" or "leader". The list is empty for a member without a role.',
      resolve: ({ roles }) => roles && [...roles],
    }),
  }),
});

/** The connection of a room's members. */
export const ChatGroupMemberConnection = builder.connectionObject(
  {
    type: ChatGroupMemberType,
    name: 'ChatGroupMemberConnection',
    description: 'A page of members of a private room.',
  },
  { name: 'ChatGroupMemberEdge', description: 'A member and their position in the list.' },
);
