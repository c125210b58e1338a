import type { Credentials, MembershipsQuery } from 'membership-gateway-client';

/** The name of a list of memberships in the response. */
export type SystemKey = Exclude<keyof NonNullable<MembershipsQuery['memberships']>, 'email'>;

/** A system that a person may be a member of. */
export interface System {
  readonly key: SystemKey;
  /** Whose credentials it takes. */
  readonly vendor: keyof Credentials;
  readonly title: string;
  readonly what: string;
}

/** The systems, in the order of the page. */
export const systems: readonly System[] = [
  { key: 'streamsLed', vendor: 'wethod', title: 'Wethod', what: 'streams led' },
  { key: 'groups', vendor: 'kaiten', title: 'Kaiten', what: 'groups' },
  { key: 'organizations', vendor: 'aerospike', title: 'Aerospike Cloud', what: 'organization' },
  { key: 'chatGroups', vendor: 'rocketchat', title: 'Rocket.Chat', what: 'private rooms' },
];
