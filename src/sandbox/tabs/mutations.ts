import type { GraphiQLTab } from '../../graphiql/page.ts';
import { sandboxVendors } from '../vendors.ts';
import { createTab, toTypeName } from './document.ts';

const examples = sandboxVendors.flatMap((vendor) => Object.entries(vendor.examples));

/** The tabs for the mutations. Each succeeds after a reset. */
export const mutationTabs: readonly GraphiQLTab[] = examples.map(([mutation, example]) => {
  const { input, fields } = example;
  const title = toTypeName(mutation);
  const selections = { [`${title}Success`]: `outcome\nconfirmedBy\n${fields}` };
  return createTab({ title, mutation, input, selections });
});
