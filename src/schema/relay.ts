import { ReadError } from '../read-error.ts';
import { declareCost } from './cost.ts';
import { decodeGlobalId, encodeGlobalId } from './global-id.ts';

/** Creates the error for an ID that this gateway never returned. */
export function createIdError(): ReadError {
  const message = 'Expected the ID of an entity from this gateway but received something else.';
  return ReadError.createForArgument(null, { path: ['id'], message });
}

/** Options of the Relay plugin for IDs (Relay's Global Object Identification) and connections (Relay's Cursor Connections). */
export const relay = {
  encodeGlobalID: (type: string, id: string | number | bigint) => encodeGlobalId(type, String(id)),
  decodeGlobalID: (globalId: string) => {
    const decoded = decodeGlobalId(globalId);
    if (decoded === null) throw createIdError();
    return decoded;
  },
  nodeTypeOptions: { description: 'An entity that can be read again by its opaque ID.' },
  idFieldOptions: { description: 'The opaque ID, which is unique across types and tenants.' },
  nodesQueryOptions: false,
  pageInfoTypeOptions: { description: 'The position of a page in its list.' },
  hasNextPageFieldOptions: {
    ...declareCost(1),
    description:
      'Whether items follow this page. If the vendor reports no total, a full page costs one more call, which is made only if this field is selected.',
  },
  hasPreviousPageFieldOptions: { description: 'Whether items precede this page.' },
  startCursorFieldOptions: {
    description: 'The cursor of the first item. It is null if the page is empty.',
  },
  endCursorFieldOptions: {
    description:
      'The cursor of the last item, for the `after` argument of the next page. It is null if the page is empty.',
  },
  pageInfoFieldOptions: { description: 'The position of this page in the list.' },
  edgesFieldOptions: { nullable: false, description: 'The items of this page with their cursors.' },
  nodesOnConnection: { description: 'The items of this page without their cursors.' },
  nodeFieldOptions: { nullable: false, description: 'The item.' },
  cursorFieldOptions: {
    description:
      'The opaque cursor of the item. It encodes an offset, because the vendors page by offset.',
  },
} as const;
