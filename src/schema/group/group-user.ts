import type { AvatarType, ColorTheme, GroupUser } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { declareCostOnce } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { getReads } from '../reads.ts';

const AvatarTypeType = builder.enumType('AvatarType', {
  description: "Where a Kaiten user's picture comes from.",
  values: {
    GRAVATAR: { description: 'From gravatar.com (1 in Kaiten).' },
    INITIALS: { description: 'Drawn from the initials (2 in Kaiten).' },
    UPLOADED: { description: 'Uploaded by the user (3 in Kaiten).' },
  } satisfies Record<AvatarType, { description: string }>,
});

const ColorThemeType = builder.enumType('ColorTheme', {
  description: 'The colours a Kaiten user chose.',
  values: {
    LIGHT: { description: 'Light.' },
    DARK: { description: 'Dark.' },
    AUTO: { description: 'As the operating system is set.' },
  } satisfies Record<ColorTheme, { description: string }>,
});

/** A user of Kaiten. */
export const GroupUserType = builder.node(builder.objectRef<GroupUser>('GroupUser'), {
  description: 'A user of Kaiten. A value that Kaiten sends in a wrong form is null.',
  id: exposeId((user: GroupUser) => toNodeId(user.tenant, user.userId)),
  loadWithoutCache: (id, context, info) => {
    const { kaiten } = getReads(context, info);
    const key = toKey(id, kaiten.tenant);
    return key === null ? null : kaiten.user(kaiten.checkId(key));
  },
  fields: (t) => ({
    userId: t.exposeID('userId', { description: "Kaiten's id of the user." }),
    fullName: t.exposeString('fullName', { nullable: true, description: 'First and last name.' }),
    email: t.exposeString('email', { nullable: true, description: 'E-mail address.' }),
    username: t.exposeString('username', {
      nullable: true,
      description: 'Name for mentions and login.',
    }),
    initials: t.exposeString('initials', { nullable: true, description: 'Initials.' }),
    avatarType: t.expose('avatarType', {
      type: AvatarTypeType,
      nullable: true,
      description: 'Where the picture comes from.',
    }),
    avatarInitialsUrl: t.exposeString('avatarInitialsUrl', {
      nullable: true,
      description: 'URL of the default picture.',
    }),
    avatarUploadedUrl: t.exposeString('avatarUploadedUrl', {
      nullable: true,
      description: 'URL of the uploaded picture, null where there is none.',
    }),
    language: t.exposeString('language', {
      nullable: true,
      description: 'Language of the interface, such as "en".',
    }),
    timezone: t.exposeString('timezone', {
      nullable: true,
      description: 'Time zone, such as "Europe/Berlin".',
    }),
    theme: t.expose('theme', {
      type: ColorThemeType,
      nullable: true,
      description: 'Colours of the interface.',
    }),
    uiVersion: t.exposeInt('uiVersion', {
      nullable: true,
      description: 'Version of the interface: 1 the old one, 2 the new one.',
    }),
    activated: t.exposeBoolean('activated', {
      nullable: true,
      description: 'Whether the user has been activated.',
    }),
    virtual: t.exposeBoolean('virtual', {
      nullable: true,
      description: 'Whether the user is virtual.',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the user was made.',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last changed.',
    }),
    emailBlockedAt: t.expose('emailBlockedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When mail to the address was blocked, null where it is not.',
    }),
    emailBlockedReason: t.exposeString('emailBlockedReason', {
      nullable: true,
      description: 'Why mail to the address was blocked.',
    }),
    deleteRequestedAt: t.expose('deleteRequestedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the deletion of the user was asked for.',
    }),
  }),
});

builder.queryField('groupUser', (t) =>
  t.field({
    ...declareCostOnce(1),
    type: GroupUserType,
    nullable: true,
    description: describeRootField(
      'A user of Kaiten, null where there is none or the caller cannot see him. One call for up to 100 users that the document asks for.',
      {
        vendor: 'kaiten',
        call: 'GET /users?ids=',
        permission:
          'none; without the administrative section "Members" only users of shared spaces are seen',
      },
    ),
    args: { id: t.arg.id({ required: true, description: "Kaiten's id of the user." }) },
    resolve: (_root, { id }, context, info) => {
      const { kaiten } = getReads(context, info);
      return kaiten.user(kaiten.checkId(id));
    },
  }),
);
