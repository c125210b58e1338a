import {
  type Gateway,
  type GatewayError,
  type MembershipsQuery,
  memberships,
  type ReadError,
} from 'membership-gateway-client';
import type { Problem, Retry, Row, Section, Sections } from './model.ts';
import { type System, type SystemKey, systems } from './systems.ts';
import { explainWithoutWait } from './words.ts';

type Found = NonNullable<MembershipsQuery['memberships']>;
type Membership = NonNullable<NonNullable<Found[SystemKey]>[number]>;

/**
 * Asks all systems for a person's memberships.
 *
 * @throws {GatewayError} where the whole question failed
 */
export async function lookUp(gateway: Gateway, email: string): Promise<Sections> {
  const { data, errors } = await memberships(gateway, { email });
  const sections = systems.map(({ key }) => [key, sectionOf(key, data, errors)]);
  return Object.fromEntries(sections) as Sections;
}

/**
 * Asks one system again: only its own credentials go along, so that no other is asked.
 *
 * @throws {GatewayError} where the whole question failed
 */
export async function lookAgain(
  gateway: Gateway,
  email: string,
  { key, vendor }: System,
): Promise<Section> {
  const credentials = { [vendor]: gateway.credentials?.[vendor] };
  return (await lookUp({ ...gateway, credentials }, email))[key];
}

/** Converts an error of the gateway to a problem on the page. */
export function problemOf(error: GatewayError): Problem {
  return { text: explainWithoutWait(error), retry: retryOf(error) };
}

/** Returns whether and from when on the same call can be made again; null if it cannot. */
export function retryOf(what: {
  readonly retryable: boolean;
  readonly retryAfterSeconds?: number | null;
}): Retry | null {
  if (!what.retryable) return null;
  const seconds = what.retryAfterSeconds ?? null;
  return { from: seconds === null ? null : Date.now() + seconds * 1_000 };
}

function sectionOf(key: SystemKey, data: Found | null, errors: readonly ReadError[]): Section {
  const own = errors.filter(({ path }) => path[1] === key);
  const whole = own.find(({ path }) => path.length === 2);
  const list = data?.[key] ?? null;
  const rows = (list ?? []).flatMap((membership) =>
    membership === null ? [] : [rowOf(key, membership)],
  );
  return {
    isReading: false,
    problem: whole === undefined ? null : problemOf(whole),
    // Below the list: something that is there and cannot be shown.
    notes: own.filter((error) => error !== whole).map(explainWithoutWait),
    rows,
  };
}

function rowOf(system: SystemKey, membership: Membership): Row {
  const { end } = membership;
  return {
    // What ends a membership names it, too.
    key: `${end.mutation} ${JSON.stringify(end.input)}`,
    system,
    name: membership.name ?? Object.values(end.input).join(', '),
    who: whoIn(membership),
    end,
    state: { is: 'there', isTicked: false, note: null },
  };
}

function whoIn(membership: Membership): string {
  switch (membership.__typename) {
    case 'StreamLeaderMembership':
      return joined(membership.person.name, membership.person.surname);
    case 'GroupMembership':
      return membership.user.fullName ?? membership.user.username ?? '';
    case 'OrganizationMembership':
      return joined(membership.member.firstName, membership.member.lastName);
    case 'ChatGroupMembership':
      return membership.user.name ?? membership.user.username ?? '';
  }
}

function joined(...names: readonly (string | null)[]): string {
  return names.filter((name) => name !== null).join(' ');
}
