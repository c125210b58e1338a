import type { GraphiQLTab } from '../graphiql/page.ts';
import { sandboxHeaders } from './credentials.ts';
import { pretty } from './tabs/document.ts';
import { errorTabs } from './tabs/errors.ts';
import { mutationTabs } from './tabs/mutations.ts';
import { queryTabs } from './tabs/queries.ts';

/** The tabs that GraphiQL opens with in the sandbox, ready to run: each mutation, two queries, each error. */
export const sandboxTabs: readonly GraphiQLTab[] = [...mutationTabs, ...queryTabs, ...errorTabs];

/** What GraphiQL opens with in the sandbox. */
export const sandboxGraphiQL = { tabs: sandboxTabs, headers: pretty(sandboxHeaders) };
