import type { GraphiQLTab } from '../graphiql/page.ts';
import { sandboxHeaders } from './credentials.ts';
import { formatJson } from './tabs/document.ts';
import { errorTabs } from './tabs/errors.ts';
import { mutationTabs } from './tabs/mutations.ts';
import { queryTabs } from './tabs/queries.ts';

/** The tabs that GraphiQL opens in the sandbox: one for each mutation, query and error. */
export const sandboxTabs: readonly GraphiQLTab[] = [...mutationTabs, ...queryTabs, ...errorTabs];

/** The initial state of GraphiQL in the sandbox. */
export const sandboxGraphiQL = { tabs: sandboxTabs, headers: formatJson(sandboxHeaders) };
