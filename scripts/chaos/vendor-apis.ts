/** A call that a vendor received. */
export interface VendorCall {
  readonly method: string;
  readonly url: URL;
  readonly body: Readonly<Record<string, string>>;
  /** The value of the header `authorization`; empty if there is none. */
  readonly authorization: string;
}

/** A status and a JSON body. */
export type StatusAndBody = readonly [status: number, body?: unknown];

/** The membership that a call is about, and how its vendor writes about it. */
export interface VendorTarget {
  readonly vendor: 'wethod' | 'kaiten' | 'aerospike' | 'rocketchat';
  readonly membership: string;
  /** Whether the membership does not exist at first, and its change adds it. */
  readonly isAddition: boolean;
  /** Returns what a read shows. */
  show(exists: boolean): unknown;
  /** The answer to the change. */
  readonly success: StatusAndBody;
  /** The answer to the change if it was made before. */
  readonly repeated: StatusAndBody;
}

const leader = '42';
const kaitenUser = '501';

/**
 * Returns the membership that a call is about.
 *
 * @throws {Error} if no mutation sends or reads that
 */
export function findTarget(call: VendorCall): VendorTarget {
  const { pathname, searchParams } = call.url;
  const [, stream] = /^\/api\/streams\/(\d+)\/leaders/.exec(pathname) ?? [];
  if (stream !== undefined) return createLeaderTarget(stream);
  const [, group] = /^\/groups\/([^/]+)\/users/.exec(pathname) ?? [];
  if (group !== undefined) return createGroupTarget(group);
  if (pathname.startsWith('/organization/members')) {
    return createMemberTarget(call.authorization.replace('Bearer ', ''));
  }
  const roomId = call.body['roomId'] ?? searchParams.get('roomId');
  const userId = call.body['userId'] ?? searchParams.get('userId');
  if (roomId === null) throw new Error(`unexpected call: ${call.method} ${call.url}`);
  return createRoomTarget(roomId, userId);
}

function createLeaderTarget(stream: string): VendorTarget {
  const link = { id: 9, stream_id: Number(stream), leader_id: Number(leader), deleted_at: null };
  // Leaders are attached to streams with an even number, and detached from the others.
  const isAddition = Number(stream) % 2 === 0;
  return {
    vendor: 'wethod',
    membership: `${stream}/${leader}`,
    isAddition,
    show: (exists) => (exists ? [link] : []),
    success: isAddition ? [200, link] : [200],
    repeated: isAddition ? [200, link] : [404, { key: 'not_found', message: 'No.' }],
  };
}

function createGroupTarget(group: string): VendorTarget {
  return {
    vendor: 'kaiten',
    membership: `${group}/${kaitenUser}`,
    isAddition: false,
    show: (exists) => [{ id: 500 }, ...(exists ? [{ id: Number(kaitenUser) }] : [])],
    success: [200, { id: Number(kaitenUser) }],
    repeated: [404],
  };
}

/** Each organization has the member that a change is about, and another one. */
function createMemberTarget(member: string): VendorTarget {
  return {
    vendor: 'aerospike',
    membership: member,
    isAddition: false,
    show: (exists) => {
      const members = exists ? [{ id: 'other' }, { id: member }] : [{ id: 'other' }];
      return {
        count: members.length,
        meta: { total: members.length, limit: 100, offset: 0 },
        members,
      };
    },
    success: [204],
    repeated: [
      404,
      { type: 'urn:aerospike:errors:resource:not-found', title: 'Not found', status: 404 },
    ],
  };
}

/** @param user null if the caller leaves the room */
function createRoomTarget(room: string, user: string | null): VendorTarget {
  const errorType = 'error-room-not-found';
  return {
    vendor: 'rocketchat',
    membership: user === null ? room : `${room}/${user}`,
    isAddition: false,
    show: (exists) =>
      user === null
        ? { subscription: exists ? { rid: room, open: false } : null, success: true }
        : { isMember: exists, success: true },
    success: [200, { success: true }],
    repeated: [400, { success: false, error: `No [${errorType}]`, errorType }],
  };
}
