import type { MembershipVendor } from '../errors.ts';
import { type VendorKey, vendors } from '../vendors/index.ts';
import { builder } from './builder.ts';

/** Which of the four systems. */
export const MembershipVendorType = builder.enumType('MembershipVendor', {
  description: 'A system that keeps memberships.',
  values: {
    WETHOD: { description: 'Wethod (wethod.com): streams and their leaders.' },
    KAITEN: { description: 'Kaiten (kaiten.ru): groups and their users.' },
    AEROSPIKE: { description: 'Aerospike Cloud: an organisation and its members.' },
    ROCKETCHAT: { description: 'Rocket.Chat: private rooms and their members.' },
  } satisfies Record<MembershipVendor, { description: string }>,
});

const VendorType = builder.objectRef<VendorKey>('Vendor').implement({
  description: 'A vendor, as this gateway is set up for it.',
  fields: (t) => ({
    vendor: t.field({
      type: MembershipVendorType,
      description: 'Which one.',
      resolve: (key) => vendors[key].id,
    }),
    title: t.string({
      description: 'Its name as people write it.',
      resolve: (key) => vendors[key].title,
    }),
    configured: t.boolean({
      description:
        'Whether this gateway has its URL. Where it has none, the fields of this vendor answer VendorUnavailableError, NOT_CONFIGURED.',
      resolve: (key, _args, context) => context.isConfigured(key),
    }),
    credentialHeaders: t.stringList({
      description:
        "The request headers that carry the caller's credentials for this vendor. All of them are needed; none is sent to another vendor.",
      resolve: (key) => vendors[key].credentialHeaders.map((header) => header.incoming),
    }),
  }),
});

builder.queryField('vendors', (t) =>
  t.field({
    type: [VendorType],
    description:
      'The vendors, whether each is configured here, and which credential headers it takes. Calls no vendor.',
    resolve: () => Object.keys(vendors) as VendorKey[],
  }),
);
