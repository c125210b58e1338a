import type { MembershipVendor } from '../errors.ts';
import { type VendorKey, vendorKeys, vendors } from '../vendors/index.ts';
import { builder } from './builder.ts';

const descriptions = vendorKeys.map((key) => {
  const { id, description } = vendors[key];
  return [id, { description }];
});

/** The enum of {@link MembershipVendor}. */
export const MembershipVendorType = builder.enumType('MembershipVendor', {
  description: 'A system whose memberships the gateway manages.',
  values: Object.fromEntries(descriptions) as Record<MembershipVendor, { description: string }>,
});

const VendorType = builder.objectRef<VendorKey>('Vendor').implement({
  description: 'A vendor and its configuration in this gateway.',
  fields: (t) => ({
    vendor: t.field({
      type: MembershipVendorType,
      description: 'The identifier of the vendor.',
      resolve: (key) => vendors[key].id,
    }),
    title: t.string({
      description: 'The name of the vendor, as it is shown to people.',
      resolve: (key) => vendors[key].title,
    }),
    configured: t.boolean({
      description:
        'Whether this gateway has a URL for the vendor. If not, every field of this vendor returns `VendorUnavailableError` with the reason `NOT_CONFIGURED`.',
      resolve: (key, _args, context) => context.isConfigured(key),
    }),
    credentialHeaders: t.stringList({
      description:
        "The request headers with the caller's credentials for this vendor. All of them are required, and none is sent to another vendor.",
      resolve: (key) => vendors[key].credentialHeaders.map((header) => header.incoming),
    }),
  }),
});

builder.queryField('vendors', (t) =>
  t.field({
    type: [VendorType],
    description:
      'The vendors, whether each is configured in this gateway, and the credential headers that each requires. No vendor is called.',
    resolve: () => [...vendorKeys],
  }),
);
