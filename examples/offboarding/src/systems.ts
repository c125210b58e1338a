import type { Credentials, MembershipsQuery } from 'membership-gateway-client';

/** A list of memberships, as the answer names it. */
export type SystemKey = Exclude<keyof NonNullable<MembershipsQuery['memberships']>, 'email'>;

/** One of the systems that a person may be in. */
export interface System {
  readonly key: SystemKey;
  /** Whose credentials it takes. */
  readonly vendor: keyof Credentials;
  readonly title: string;
  readonly what: string;
}

/** The systems, in the order in which they are shown. */
export const systems: readonly System[] = [
  { key: 'streamsLed', vendor: 'wethod', title: 'Wethod', what: 'streams led' },
  { key: 'groups', vendor: 'kaiten', title: 'Kaiten', what: 'groups' },
  { key: 'organizations', vendor: 'aerospike', title: 'Aerospike Cloud', what: 'organization' },
  { key: 'chatGroups', vendor: 'rocketchat', title: 'Rocket.Chat', what: 'private rooms' },
];
