import type { ChatGroupMember } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { declareFree } from '../cost.ts';
import { ChatUserType } from './chat-user.ts';

/** Somebody in a private room. */
export const ChatGroupMemberType = builder.objectRef<ChatGroupMember>('ChatGroupMember').implement({
  description: 'Somebody in a private room of Rocket.Chat.',
  fields: (t) => ({
    user: t.expose('user', { type: ChatUserType, description: 'Who it is.' }),
    roles: t.stringList({
      ...declareFree,
      nullable: true,
      description:
        'What the person is in the room, such as "owner", "moderator", "leader"; empty for a plain member.',
      resolve: ({ roles }) => roles && [...roles],
    }),
  }),
});

/** A part of a room's members. */
export const ChatGroupMemberConnection = builder.connectionObject(
  {
    type: ChatGroupMemberType,
    name: 'ChatGroupMemberConnection',
    description: 'A part of the members of a private room.',
  },
  { name: 'ChatGroupMemberEdge', description: 'A member and his place in the list.' },
);
