import type { AvatarType, ColorTheme, GroupUser } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { declareCostOnce } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { exposeEach } from '../expose-each.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { getReads } from '../reads.ts';

const AvatarTypeType = builder.enumType('AvatarType', {
  description: "The source of a Kaiten user's picture.",
  values: {
    GRAVATAR: { description: 'The picture comes from gravatar.com (1 in Kaiten).' },
    INITIALS: { description: "The picture shows the user's initials (2 in Kaiten)." },
    UPLOADED: { description: 'The user uploaded the picture (3 in Kaiten).' },
  } satisfies Record<AvatarType, { description: string }>,
});

const ColorThemeType = builder.enumType('ColorTheme', {
  description: 'The color theme that a Kaiten user chose.',
  values: {
    LIGHT: { description: 'The light theme.' },
    DARK: { description: 'The dark theme.' },
    AUTO: { description: 'The theme of the operating system.' },
  } satisfies Record<ColorTheme, { description: string }>,
});

/** The node of a {@link GroupUser}. */
export const GroupUserType = builder.node(builder.objectRef<GroupUser>('GroupUser'), {
  description: 'A user in Kaiten. Values that Kaiten sends in an invalid form are null.',
  id: exposeId((user: GroupUser) => toNodeId(user.tenant, user.userId)),
  loadWithoutCache: (id, context, info) => {
    const { kaiten } = getReads(context, info);
    const key = toKey(id, kaiten.tenant);
    return key === null ? null : kaiten.user(kaiten.checkId(key));
  },
  fields: (t) => ({
    userId: t.exposeID('userId', { description: "Kaiten's ID of the user." }),
    ...exposeEach(t, 'String', {
      fullName: 'The first and last name of the user.',
      email: 'The e-mail address of the user.',
      username: 'The name for mentions and login.',
      initials: 'The initials of the user.',
    }),
    avatarType: t.expose('avatarType', {
      type: AvatarTypeType,
      nullable: true,
      description: "The source of the user's picture.",
    }),
    ...exposeEach(t, 'String', {
      avatarInitialsUrl: 'The URL of the default picture.',
      avatarUploadedUrl: 'The URL of the uploaded picture. It is null if the user uploaded none.',
      language: 'The language of the user interface, such as "en".',
      timezone: 'The time zone of the user, such as "Europe/Berlin".',
    }),
    theme: t.expose('theme', {
      type: ColorThemeType,
      nullable: true,
      description: 'The color theme of the user interface.',
    }),
    uiVersion: t.exposeInt('uiVersion', {
      nullable: true,
      description: 'The version of the user interface: 1 for the old one, 2 for the new one.',
    }),
    ...exposeEach(t, 'Boolean', {
      activated: 'Whether the user has been activated.',
      virtual: 'Whether the user is virtual.',
    }),
    ...exposeEach(t, 'DateTime', {
      createdAt: 'When the user was created.',
      updatedAt: 'When the user was last changed.',
      emailBlockedAt:
        "When mail to the user's address was blocked. It is null if it is not blocked.",
    }),
    ...exposeEach(t, 'String', {
      emailBlockedReason: "The reason why mail to the user's address was blocked.",
    }),
    ...exposeEach(t, 'DateTime', {
      deleteRequestedAt: 'When the deletion of the user was requested.',
    }),
  }),
});

builder.queryField('groupUser', (t) =>
  t.field({
    ...declareCostOnce(1),
    type: GroupUserType,
    nullable: true,
    description: describeRootField(
      'A user in Kaiten. It is null if there is no user with this ID or the caller is not allowed to see them. One call reads up to 100 users that a document asks for.',
      {
        vendor: 'kaiten',
        call: 'GET /users?ids=',
        permission:
          'none; without the administrative section "Members", only users of shared spaces are visible',
      },
    ),
    args: { id: t.arg.id({ required: true, description: "Kaiten's ID of the user." }) },
    resolve: (_root, { id }, context, info) => {
      const { kaiten } = getReads(context, info);
      return kaiten.user(kaiten.checkId(id));
    },
  }),
);
