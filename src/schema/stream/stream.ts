import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { Stream } from '../../vendors/index.ts';
import { builder } from '../builder.ts';
import { pageArgs, parsePageArgs, toConnection } from '../connection.ts';
import { declareCost } from '../cost.ts';
import { describeRootField } from '../description.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { LazyNode } from '../lazy-node.ts';
import { getReads } from '../reads.ts';
import { getSelectedFields } from '../selection.ts';
import { StreamLeadershipType } from './stream-leadership.ts';
import { StreamMembershipType } from './stream-membership.ts';

const list = 'streams';

const lazy = new LazyNode<Stream>({
  readDetails: ({ wethod }, { streamId }) => wethod.stream(streamId),
  known: ['id', 'streamId'],
  lists: {
    leaders: ({ wethod }, { streamId }) => wethod.leaders(streamId),
    members: ({ wethod }, { streamId }) => wethod.members(streamId),
  },
});

/** The node of a {@link Stream}. */
export const StreamType = builder.node(builder.objectRef<Stream>('Stream'), {
  description: 'A stream in Wethod. Values that Wethod sends in an invalid form are null.',
  id: exposeId((stream: Stream) => toNodeId(stream.tenant, stream.streamId)),
  loadWithoutCache: async (id, context, info) => {
    const { wethod } = getReads(context, info);
    const tenant = await wethod.tenant();
    const key = toKey(id, tenant);
    if (key === null) return null;
    return lazy.load({ tenant, streamId: wethod.checkId(key) }, context, info);
  },
  fields: (t) => ({
    streamId: t.exposeID('streamId', { description: "Wethod's ID of the stream." }),
    name: t.string(lazy.exposeDetail('name', 'The name of the stream.')),
    isDefault: t.boolean(
      lazy.exposeDetail('isDefault', 'Whether new projects are assigned to this stream.'),
    ),
    archivedAt: t.field({
      type: 'DateTime',
      ...lazy.exposeDetail(
        'archivedAt',
        'When the stream was archived. It is null if the stream is not archived.',
      ),
    }),
    createdAt: t.field({
      type: 'DateTime',
      ...lazy.exposeDetail('createdAt', 'When the stream was created.'),
    }),
    updatedAt: t.field({
      type: 'DateTime',
      ...lazy.exposeDetail('updatedAt', 'When the stream was last changed.'),
    }),
    leaders: t.field({
      ...declareCost(1),
      type: [StreamLeadershipType],
      nullable: true,
      description:
        'The current leaders of the stream. `streams` reads them in its own call (include=streamLeaders); a single ' +
        'stream needs GET /api/streams/{stream_id}/leaders.',
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
        'The people who work in the stream. `streams` reads them in its own call (include=streamMembers); a single ' +
        'stream needs GET /api/streams/{stream_id}/members.',
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
    description:
      'The stream that the person leads. GET /api/streams/{id} is called only if more than its leaders or members is selected.',
    resolve: ({ streamId }, _args, context, info) => findStream(streamId, context, info),
  }),
);

const StreamConnection = builder.connectionObject(
  { type: StreamType, name: 'StreamConnection', description: 'A page of streams.' },
  { name: 'StreamEdge', description: 'A stream and its position in the list.' },
);

builder.queryFields((t) => ({
  stream: t.field({
    ...declareCost(1),
    type: StreamType,
    nullable: true,
    description: describeRootField(
      'A stream in Wethod. It is null if there is no stream with this ID.',
      { vendor: 'wethod', call: 'GET /api/streams/{id}', permission: '`settings.company`' },
    ),
    args: { id: t.arg.id({ required: true, description: "Wethod's ID of the stream." }) },
    resolve: (_root, { id }, context, info) =>
      findStream(getReads(context, info).wethod.checkId(id), context, info),
  }),
  streams: t.field({
    ...declareCost(1),
    type: StreamConnection,
    nullable: true,
    description: describeRootField(
      'The streams in Wethod. If their leaders or members are selected, the same call returns them.',
      { vendor: 'wethod', call: 'GET /api/streams', permission: 'none is documented' },
    ),
    args: {
      ...pageArgs,
      search: t.arg.string({
        description: 'A part of the name to search for, from 1 to 255 characters.',
      }),
      archived: t.arg.boolean({
        description:
          "Whether to return only archived streams (true) or only the others (false). If omitted, Wethod's default applies.",
      }),
    },
    resolve: async (_root, { search, archived, ...args }, context, info) => {
      const { offset, first } = parsePageArgs('WETHOD', list, args);
      const selected = getSelectedFields(info, 'edges', 'node').union(
        getSelectedFields(info, 'nodes'),
      );
      const include = { leaders: selected.has('leaders'), members: selected.has('members') };
      const query = { search, archived, ...include };
      const listing = await getReads(context, info).wethod.streams(query, offset, first);
      return toConnection(list, listing);
    },
  }),
}));

/**
 * Returns a stream, read no further than it is selected; null if it does not exist.
 *
 * @param streamId the ID in its normal form
 */
export async function findStream(
  streamId: string,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Stream | null> {
  const tenant = await getReads(context, info).wethod.tenant();
  return lazy.find({ tenant, streamId }, context, info);
}
