import type { Operation } from '../../http/operation.ts';
import { path, segment } from '../../http/path.ts';
import { type GroupUser, type GroupUserRemoved, saidByVendor } from '../../memberships.ts';
import { checkIds, numericId, opaqueId } from '../input.ts';
import { readJson } from '../json.ts';
import type { Exchange, VendorLink } from '../link.ts';
import type { Vendor } from '../vendor.ts';
import { readWire } from '../wire.ts';
import { isKaitenError, kaitenError } from './errors.ts';
import { groupUser } from './user.ts';
import { kaitenUser } from './wire.ts';

/** A group and one of its users, in Kaiten's own ids. */
export interface GroupUserInput {
  readonly groupUid: string;
  readonly userId: string;
}

/** Kaiten: developers.kaiten.ru, authorization. */
export const kaiten: Vendor<'KAITEN', KaitenSource> = {
  id: 'KAITEN',
  title: 'Kaiten',
  urlVariable: 'KAITEN_URL',
  credentialHeaders: [
    { incoming: 'kaiten-authorization', outgoing: 'Authorization', form: 'bearer', secret: true },
  ],
  connect: (link) => new KaitenSource(link),
};

const rules = { groupUid: opaqueId, userId: numericId };
// The vendor's page lists the content type even for a DELETE without a body.
const headers = ['Accept', 'application/json', 'Content-Type', 'application/json'];

/** Kaiten's groups and their users, as one caller may change them. */
export class KaitenSource {
  readonly #link: VendorLink<'KAITEN'>;

  constructor(link: VendorLink<'KAITEN'>) {
    this.#link = link;
  }

  /**
   * Takes a user out of a group: `DELETE /groups/{group_uid}/users/{user_id}`.
   *
   * @throws {MembershipError} whatever keeps the change from being made or from being known
   */
  async removeGroupUser(input: GroupUserInput, operation: Operation): Promise<GroupUserRemoved> {
    const ids = checkIds(this.#link.vendor, input, rules);
    const target = path`/groups/${segment(ids.groupUid)}/users/${segment(ids.userId)}`;
    const exchange = await this.#link.send({ method: 'DELETE', path: target, headers }, operation);
    const user = this.#readUser(exchange, ids.userId);
    if (user !== null) return { ...saidByVendor, ...ids, user };
    throw kaitenError(exchange.answer, {
      repeatable: true,
      redactor: exchange.credentials.redactor,
      notFound: 'Kaiten finds no such group, user or membership, or the caller cannot see it.',
      fields: { group_uid: 'groupUid', user_id: 'userId' },
    });
  }

  #readUser({ answer, credentials }: Exchange<'KAITEN'>, userId: string): GroupUser | null {
    if (answer.status !== 200) return null;
    const json = readJson(answer, credentials.redactor);
    const reading = isKaitenError(json) ? null : readWire(kaitenUser, ['id'], json);
    if (reading === null || String(reading.value.id) !== userId) return null;
    this.#link.noteDropped('user', reading.dropped);
    return groupUser(reading.value, this.#link.host);
  }
}
