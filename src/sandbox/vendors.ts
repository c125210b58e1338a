import { type VendorKey, vendorKeys, vendors } from '../vendors/index.ts';
import { aerospikeSandbox } from './aerospike.ts';
import { kaitenSandbox } from './kaiten.ts';
import { rocketchatSandbox } from './rocketchat.ts';
import type { SandboxVendor } from './sandbox-vendor.ts';
import { wethodSandbox } from './wethod.ts';

/** The simulators: a new one is one line here. Each has an example of every mutation of its vendor. */
const simulated: {
  readonly [Key in VendorKey]: SandboxVendor<keyof (typeof vendors)[Key]['changes'] & string>;
} = {
  wethod: wethodSandbox,
  kaiten: kaitenSandbox,
  aerospike: aerospikeSandbox,
  rocketchat: rocketchatSandbox,
};

/** The vendors of the sandbox: the facts of each declaration that the sandbox needs, and its simulator. */
export const sandboxVendors = vendorKeys.map((key) => {
  const { title, description, urlVariable, url, credentialHeaders } = vendors[key];
  const sandbox: SandboxVendor<string> = simulated[key];
  // A simulator has the paths of the vendor's own URL.
  const basePath = new URL(url.example).pathname.replace(/\/$/, '');
  return { ...sandbox, key, title, description, urlVariable, basePath, credentialHeaders };
});
