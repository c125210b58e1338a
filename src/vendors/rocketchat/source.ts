import type { Operation } from '../../http/operation.ts';
import { path } from '../../http/path.ts';
import { type GroupLeft, saidByVendor } from '../../memberships.ts';
import { checkIds, opaqueId } from '../input.ts';
import { asObject, readJson } from '../json.ts';
import type { Exchange, VendorLink } from '../link.ts';
import type { Vendor } from '../vendor.ts';
import { isRocketChatError, rocketChatError } from './errors.ts';

/** A private room, by Rocket.Chat's own id. */
export interface ChatGroupInput {
  readonly groupId: string;
}

/** Rocket.Chat: the vendor's page "Leave Group", header parameters. */
export const rocketchat: Vendor<'ROCKETCHAT', RocketChatSource> = {
  id: 'ROCKETCHAT',
  title: 'Rocket.Chat',
  urlVariable: 'ROCKETCHAT_URL',
  credentialHeaders: [
    { incoming: 'rocketchat-auth-token', outgoing: 'X-Auth-Token', form: 'opaque', secret: true },
    { incoming: 'rocketchat-user-id', outgoing: 'X-User-Id', form: 'opaque', secret: false },
  ],
  connect: (link) => new RocketChatSource(link),
};

const headers = ['Accept', 'application/json', 'Content-Type', 'application/json'];

/** Rocket.Chat's private rooms, as the caller may leave them. */
export class RocketChatSource {
  readonly #link: VendorLink<'ROCKETCHAT'>;

  constructor(link: VendorLink<'ROCKETCHAT'>) {
    this.#link = link;
  }

  /**
   * Takes the caller out of a private room: `POST /api/v1/groups.leave`.
   *
   * @throws {MembershipError} whatever keeps the change from being made or from being known
   */
  async leaveGroup(input: ChatGroupInput, operation: Operation): Promise<GroupLeft> {
    const ids = checkIds(this.#link.vendor, input, { groupId: opaqueId });
    const body = JSON.stringify({ roomId: ids.groupId });
    const request = { method: 'POST', path: path`/api/v1/groups.leave`, headers, body } as const;
    const exchange = await this.#link.send(request, operation);
    if (isLeft(exchange)) return { ...saidByVendor, ...ids };
    throw rocketChatError(exchange.answer, {
      repeatable: false,
      redactor: exchange.credentials.redactor,
      notFound: 'Rocket.Chat finds no such private room, or the caller is not in it.',
      fields: { roomId: 'groupId' },
    });
  }
}

/** The documentation shows a `group` beside `success`; the server's source sends none. */
function isLeft({ answer, credentials }: Exchange<'ROCKETCHAT'>): boolean {
  if (answer.status !== 200) return false;
  const json = readJson(answer, credentials.redactor);
  return asObject(json)?.['success'] === true && !isRocketChatError(json);
}
