import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { Stream, StreamDetails } from '../../domain/entities.ts';
import { builder } from '../builder.ts';
import { pageArgs, toConnection, toPart } from '../connection.ts';
import { declareCost, declareFree } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { getReads } from '../reads.ts';
import { getSelectedFields, isOnlySelected, isPresent } from '../selection.ts';
import { StreamLeadershipType } from './stream-leadership.ts';
import { StreamMembershipType } from './stream-membership.ts';

const list = 'streams';

/** A stream of Wethod. */
export const StreamType = builder.node(builder.objectRef<Stream>('Stream'), {
  description: 'A stream of Wethod. A value that Wethod sends in a wrong form is null.',
  id: exposeId((stream: Stream) => toNodeId(stream.tenant, stream.streamId)),
  loadWithoutCache: async (id, context, info) => {
    const { wethod } = getReads(context, info);
    const key = toKey(id, await wethod.tenant());
    if (key === null) return null;
    const details = await wethod.stream(wethod.checkId(key));
    return details && { tenant: await wethod.tenant(), streamId: key, details };
  },
  fields: (t) => ({
    streamId: t.exposeID('streamId', { description: "Wethod's id of the stream." }),
    name: t.string({
      ...declareFree,
      nullable: true,
      description: 'Name.',
      resolve: (stream, _args, context, info) => detail(stream, 'name', context, info),
    }),
    isDefault: t.boolean({
      ...declareFree,
      nullable: true,
      description: 'Whether it is the stream that new projects get.',
      resolve: (stream, _args, context, info) => detail(stream, 'isDefault', context, info),
    }),
    archivedAt: t.field({
      ...declareFree,
      type: 'DateTime',
      nullable: true,
      description: 'When it was archived, null where it is not.',
      resolve: (stream, _args, context, info) => detail(stream, 'archivedAt', context, info),
    }),
    createdAt: t.field({
      ...declareFree,
      type: 'DateTime',
      nullable: true,
      description: 'When it was made.',
      resolve: (stream, _args, context, info) => detail(stream, 'createdAt', context, info),
    }),
    updatedAt: t.field({
      ...declareFree,
      type: 'DateTime',
      nullable: true,
      description: 'When it was last changed.',
      resolve: (stream, _args, context, info) => detail(stream, 'updatedAt', context, info),
    }),
    leaders: t.field({
      ...declareCost(1),
      type: [StreamLeadershipType],
      nullable: true,
      description:
        'Who leads it now. Comes along with streams (include=streamLeaders); for one stream ' +
        'GET /api/streams/{stream_id}/leaders.',
      resolve: async ({ streamId, leaders }, _args, context, info) => {
        const read = leaders ?? (await getReads(context, info).wethod.leaders(streamId));
        return read && [...read];
      },
    }),
    members: t.field({
      ...declareCost(1),
      type: [StreamMembershipType],
      nullable: true,
      description:
        'Who works in it. Comes along with streams (include=streamMembers); for one stream ' +
        'GET /api/streams/{stream_id}/members.',
      resolve: async ({ streamId, members }, _args, context, info) => {
        const read = members ?? (await getReads(context, info).wethod.members(streamId));
        return read && [...read];
      },
    }),
  }),
});

builder.objectField(StreamLeadershipType, 'stream', (t) =>
  t.field({
    ...declareCost(1),
    type: StreamType,
    nullable: true,
    description: 'The stream: GET /api/streams/{id}, where more than its links is selected.',
    resolve: ({ streamId }, _args, context, info) => findStream(streamId, context, info),
  }),
);

const StreamConnection = builder.connectionObject(
  { type: StreamType, name: 'StreamConnection', description: 'A part of the streams.' },
  { name: 'StreamEdge', description: 'A stream and its place in the list.' },
);

builder.queryFields((t) => ({
  stream: t.field({
    ...declareCost(1),
    type: StreamType,
    nullable: true,
    description: describeRootField('A stream of Wethod, null where there is none.', {
      vendor: 'wethod',
      call: 'GET /api/streams/{id}',
      permission: '`settings.company`',
    }),
    args: { id: t.arg.id({ required: true, description: "Wethod's id of the stream." }) },
    resolve: (_root, { id }, context, info) =>
      findStream(getReads(context, info).wethod.checkId(id), context, info),
  }),
  streams: t.field({
    ...declareCost(1),
    type: StreamConnection,
    nullable: true,
    description: describeRootField(
      'The streams of Wethod, with their leaders and members in the same call where they are selected.',
      { vendor: 'wethod', call: 'GET /api/streams', permission: 'none is documented' },
    ),
    args: {
      ...pageArgs,
      search: t.arg.string({ description: 'A part of the name: 1 to 255 characters.' }),
      archived: t.arg.boolean({
        description:
          'true: only the archived ones. false: only the others. Left out: what Wethod gives by itself.',
      }),
    },
    resolve: async (_root, { search, archived, ...args }, context, info) => {
      const { offset, first } = toPart('WETHOD', list, args);
      const wanted = getSelectedFields(info, 'edges', 'node').union(
        getSelectedFields(info, 'nodes'),
      );
      const include = { leaders: wanted.has('leaders'), members: wanted.has('members') };
      const query = { search, archived, ...include };
      const listing = await getReads(context, info).wethod.streams(query, offset, first);
      return toConnection(list, listing);
    },
  }),
}));

/**
 * A stream of which no more is read than is selected, and at least enough to know that it is there.
 *
 * @param streamId in its normal form
 */
export async function findStream(
  streamId: string,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Stream | null> {
  const { wethod } = getReads(context, info);
  const tenant = await wethod.tenant();
  const links = isOnlySelected(info, ['leaders', 'members'], ['id', 'streamId']);
  if (links.length > 0) {
    const read = links.includes('leaders') ? wethod.leaders(streamId) : wethod.members(streamId);
    return (await isPresent(read)) ? { tenant, streamId } : null;
  }
  const details = await wethod.stream(streamId);
  return details && { tenant, streamId, details };
}

async function detail<Name extends keyof StreamDetails>(
  { streamId, details }: Stream,
  name: Name,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<StreamDetails[Name] | null> {
  const read = details ?? (await getReads(context, info).wethod.stream(streamId));
  return read?.[name] ?? null;
}
