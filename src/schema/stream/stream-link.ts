import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { Reads } from '../../vendors/index.ts';
import { toKey, toNodeId } from '../global-id.ts';
import { exposeId } from '../kept-ids.ts';
import { getReads } from '../reads.ts';

/** A link between a stream and a person. */
interface StreamLink {
  readonly tenant: string;
  readonly streamId: string;
}

/**
 * Returns the options by which a link is a node. Wethod cannot read a link by its own ID, so the links of its stream are
 * read.
 *
 * @param getLinkId returns Wethod's ID of the link itself
 * @param readLinks reads all links of a stream; null if the stream does not exist
 */
export function createLinkOptions<Link extends StreamLink>(
  getLinkId: (link: Link) => string,
  readLinks: (wethod: Reads['wethod'], streamId: string) => Promise<readonly Link[] | null>,
) {
  return {
    id: exposeId((link: Link) => toNodeId(link.tenant, `${link.streamId}/${getLinkId(link)}`)),
    loadWithoutCache: async (id: string, context: Context, info: GraphQLResolveInfo) => {
      const { wethod } = getReads(context, info);
      const [streamId = '', linkId] = toKey(id, await wethod.getTenant())?.split('/') ?? [];
      if (linkId === undefined) return null;
      const links = await readLinks(wethod, wethod.checkId(streamId));
      return links?.find((link) => getLinkId(link) === linkId) ?? null;
    },
  };
}
