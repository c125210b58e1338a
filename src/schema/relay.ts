import { ReadError } from '../read-error.ts';
import { declareCost } from './cost.ts';
import { decodeGlobalId, encodeGlobalId } from './global-id.ts';

/** An id that this gateway never gave. */
export function rejectId(): ReadError {
  const message = 'Takes the id of an entity, as this gateway gives it; got something else.';
  return ReadError.createForArgument(null, { path: ['id'], message });
}

/** How the Relay plugin makes ids and connections: the Relay specifications of both. */
export const relay = {
  encodeGlobalID: (type: string, id: string | number | bigint) => encodeGlobalId(type, String(id)),
  decodeGlobalID: (globalId: string) => {
    const decoded = decodeGlobalId(globalId);
    if (decoded === null) throw rejectId();
    return decoded;
  },
  nodeTypeOptions: { description: 'Whatever can be read again by its opaque id.' },
  idFieldOptions: { description: 'Opaque; unique across types and tenants.' },
  nodesQueryOptions: false,
  pageInfoTypeOptions: {
    description: 'Where a part of a list ends, and whether there is more of the list.',
  },
  hasNextPageFieldOptions: {
    ...declareCost(1),
    description:
      'Whether items follow. Where the vendor tells no total, a full page costs one more call, which is made only if this is selected.',
  },
  hasPreviousPageFieldOptions: { description: 'Whether items stand before this part.' },
  startCursorFieldOptions: {
    description: 'The cursor of the first item, null where there is none.',
  },
  endCursorFieldOptions: {
    description: 'The cursor of the last item, for "after"; null where there is none.',
  },
  pageInfoFieldOptions: { description: 'Where this part of the list ends.' },
  edgesFieldOptions: { nullable: false, description: 'The items, each with its cursor.' },
  nodesOnConnection: { description: 'The items without their cursors.' },
  nodeFieldOptions: { nullable: false, description: 'The item.' },
  cursorFieldOptions: {
    description: 'Opaque: marks the place behind this item. The vendors page by offset.',
  },
} as const;
