import { path } from '../../upstream/path.ts';
import { isEmptySuccess, parseBody } from '../core/body.ts';
import { type ChangeContext, type ChangeDeclaration, readBackAbsence } from '../core/change.ts';
import { defineVendor } from '../core/define-vendor.ts';
import type { Exchange } from '../core/exchange.ts';
import { numericIdRule } from '../core/input.ts';
import { type StreamLeaderLink, streamLeaderLink } from './decode.ts';
import type { StreamLeadership } from './entities.ts';
import { wethodErrors } from './errors.ts';
import { findLeader, type StreamLeaderInput } from './leaders.ts';
import { isLive, toLeadership } from './map.ts';
import { WethodReads } from './reads.ts';

const common = {
  permission: 'settings.company',
  input: { streamId: numericIdRule, leaderId: numericIdRule },
  notFound: 'Wethod found no such stream, person or leadership, or the caller cannot see it.',
  fields: { stream_id: 'streamId', leader_id: 'leaderId' },
};

/** The value of an attachment. */
interface AttachedLeader {
  readonly leadership: StreamLeadership;
}

const attachStreamLeader: ChangeDeclaration<'WETHOD', StreamLeaderInput, AttachedLeader> = {
  ...common,
  endpoint: 'POST /api/streams/{stream_id}/leaders/{leader_id}',
  success: (exchange, ids, context) => {
    const leadership = readAttached(exchange, ids, context);
    return leadership === null ? null : { leadership };
  },
  readBack: async (read, ids) => {
    const search = await findLeader(read, ids);
    if (search.kind === 'unreadable') return search;
    if (search.kind === 'absent') return { kind: 'notInPlace' };
    return { kind: 'inPlace', value: { leadership: search.item } };
  },
};

const detachStreamLeader: ChangeDeclaration<'WETHOD', StreamLeaderInput, StreamLeaderInput> = {
  ...common,
  endpoint: 'DELETE /api/streams/{stream_id}/leaders/{leader_id}',
  ending: 'Ends the leadership of a stream.',
  success: ({ response }, ids) => {
    const isDetached = (json: unknown) => {
      const link = wethodErrors.isErrorBody(json) ? null : streamLeaderLink.read(json);
      return link !== null && isBetween(link.value, ids);
    };
    return isEmptySuccess(response, isDetached) ? ids : null;
  },
  readBack: (read, ids) => readBackAbsence(findLeader(read, ids), ids),
};

/** Wethod: docs.wethod.com, whose endpoints all require these headers. */
export const wethod = defineVendor({
  id: 'WETHOD',
  title: 'Wethod',
  description: 'Wethod (wethod.com), with streams and their leaders.',
  url: {
    example: 'https://api.wethod.com',
    unusualPath: /\/api\/*$/,
    advice: 'The gateway adds /api itself',
  },
  rateLimit: { default: '5000/3600', formerVariable: 'WETHOD_PACE' },
  apiVersion: { header: 'Wethod-Version', default: '2024-06-15' },
  harmlessRead: path`/api/persons/me`,
  credentialHeaders: [
    {
      incoming: 'wethod-authorization',
      outgoing: 'Authorization',
      form: 'bearer',
      secret: true,
      part: 'token',
      meaning: 'Wethod\'s token, without "Bearer"',
    },
    {
      incoming: 'wethod-company',
      outgoing: 'Wethod-Company',
      form: 'company',
      secret: false,
      part: 'company',
      meaning: 'the company, such as `acme`',
    },
  ],
  getTenant: (credentials) => credentials.value('wethod-company'),
  rateLimitScope: 'credential',
  headers: ({ apiVersion }) => ['Wethod-Version', apiVersion, 'Accept', 'application/json'],
  errors: wethodErrors,
  changes: { attachStreamLeader, detachStreamLeader },
  reads: WethodReads,
  readEndpoints: [
    'GET /api/streams',
    'GET /api/streams/{id}',
    'GET /api/streams/{stream_id}/leaders',
    'GET /api/streams/{stream_id}/members',
    'GET /api/persons',
    'GET /api/persons/{id}',
  ],
});

/** Returns the leadership that an attachment returned; null if the response is not the success of this attachment. */
function readAttached(
  exchange: Exchange<'WETHOD'>,
  ids: StreamLeaderInput,
  context: ChangeContext,
): StreamLeadership | null {
  const { response } = exchange;
  if (response.status !== 200 && response.status !== 201) return null;
  const json = parseBody(response);
  const decoded = wethodErrors.isErrorBody(json) ? null : streamLeaderLink.read(json);
  // A link whose removal mark is invalid is not decoded: it may be the link of a former leader.
  if (decoded === null) return null;
  if (!isLive(decoded.value, response) || !isBetween(decoded.value, ids)) return null;
  context.logInvalidFields('stream leader', decoded.invalidFields);
  return toLeadership(decoded.value, exchange);
}

/** Returns whether a link, live or deleted, is between this stream and this leader. */
function isBetween(link: StreamLeaderLink, { streamId, leaderId }: StreamLeaderInput): boolean {
  return String(link.stream_id) === streamId && String(link.leader_id) === leaderId;
}
