// Runs in the browser and starts GraphiQL with the options in the page.

const options = JSON.parse(document.getElementById('options').textContent);

globalThis.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) => `${options.assets}${label}.worker.js`,
};

/** A Storage that ends with the page, and so do the credentials in it. */
class PageStorage {
  #values = new Map();

  get length() {
    return this.#values.size;
  }

  key(index) {
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(key) {
    return this.#values.get(key) ?? null;
  }

  setItem(key, value) {
    this.#values.set(key, String(value));
  }

  removeItem(key) {
    this.#values.delete(key);
  }

  clear() {
    this.#values.clear();
  }
}

/** Returns the query and variables in the address, which never has headers, since they contain credentials. */
function readLink() {
  const { searchParams } = new URL(location.href);
  const query = searchParams.get('query');
  return query === null ? null : { query, variables: searchParams.get('variables') ?? '' };
}

/** The longest address: servers and proxies need not support more than 8,000 characters (RFC 9110, section 4.1). */
const maxAddressLength = 8_000;

/** Returns listeners that keep the address a link to the query and variables in the editors. */
function createLinkUpdater({ query, variables }) {
  const current = { query, variables: variables ?? '' };
  const update = (change) => {
    Object.assign(current, change);
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(current)) {
      if (value.trim() === '') address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    if (address.href.length > maxAddressLength) address.search = '';
    history.replaceState({}, '', address);
  };
  return {
    onEditQuery: (query) => update({ query }),
    onEditVariables: (variables) => update({ variables }),
  };
}

/** Adds the query of a link to the tabs: in the tab with this query, or else in a new one. */
function addLink(tabs, link) {
  if (link === null) return { tabs, activeTabIndex: 0 };
  const found = tabs.findIndex(({ query }) => query === link.query);
  if (found === -1) {
    const { headers } = options;
    return { tabs: [{ title: 'Link', headers, ...link }, ...tabs], activeTabIndex: 0 };
  }
  const variables = link.variables || tabs[found].variables;
  return { tabs: tabs.with(found, { ...tabs[found], variables }), activeTabIndex: found };
}

/**
 * Creates GraphiQL's state with tabs that are ready to run. GraphiQL reads the variables and headers of its first tab only
 * from storage.
 */
function createTabState({ tabs, activeTabIndex }) {
  const active = tabs[activeTabIndex];
  const storage = new PageStorage();
  const all = tabs.map((tab, index) => ({
    id: `tab-${index}`,
    title: tab.title,
    query: tab.query,
    variables: tab.variables ?? null,
    headers: tab.headers ?? null,
    operationName: tab.title,
    response: null,
  }));
  storage.setItem('graphiql:tabState', JSON.stringify({ tabs: all, activeTabIndex }));
  storage.setItem('graphiql:query', active.query);
  storage.setItem('graphiql:variables', active.variables ?? '');
  storage.setItem('graphiql:headers', active.headers ?? '');
  return { storage, query: active.query, headers: options.headers, ...createLinkUpdater(active) };
}

const firstQuery = `# This query lists the vendors that this gateway is configured for, and the request headers that each requires.
# Add those headers below, then write a mutation. Press Ctrl-Space for suggestions.

{
  vendors {
    title
    configured
    credentialHeaders
  }
}
`;

/** Creates GraphiQL's state with the visitor's own tabs, which are kept without their headers. */
function createVisitorState(link) {
  const kept = {
    query: localStorage.getItem('graphiql:query') ?? firstQuery,
    variables: localStorage.getItem('graphiql:variables'),
  };
  return { defaultQuery: firstQuery, ...link, ...createLinkUpdater(link ?? kept) };
}

const hasTabs = options.tabs.length > 0;

globalThis.YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
  title: options.title,
  endpoint: options.endpoint,
  defaultEditorToolsVisibility: 'headers',
  // Headers never get into the browser's own storage: with tabs, the storage ends with the page.
  shouldPersistHeaders: hasTabs,
  ...(hasTabs ? createTabState(addLink(options.tabs, readLink())) : createVisitorState(readLink())),
});
