// Runs in the browser: starts GraphiQL with the options that the page carries.

const options = JSON.parse(document.getElementById('options').textContent);

globalThis.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, label) => `${options.assets}${label}.worker.js`,
};

/** A Storage that lives as long as the page: what it holds ends with it, credentials too. */
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

/** What the address shows: a query with its variables. Never headers, which bear credentials. */
function linked() {
  const { searchParams } = new URL(location.href);
  const query = searchParams.get('query');
  return query === null ? null : { query, variables: searchParams.get('variables') ?? '' };
}

/** Longer addresses are cut or refused on their way (RFC 9110, section 4.1, asks for 8,000 only). */
const longestAddress = 8_000;

/** Keeps the address a link to what the editors show, of which GraphiQL tells only what changes. */
function sharing({ query, variables }) {
  const shown = { query, variables: variables ?? '' };
  const show = (change) => {
    Object.assign(shown, change);
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(shown)) {
      if (value.trim() === '') address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    if (address.href.length > longestAddress) address.search = '';
    history.replaceState({}, '', address);
  };
  return {
    onEditQuery: (query) => show({ query }),
    onEditVariables: (variables) => show({ variables }),
  };
}

/** The tabs with what a link shows: in the tab that it is of, or else in one of its own. */
function withLink(tabs, link) {
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
 * GraphiQL's own state with tabs that are ready to run: it takes the variables and headers of its
 * first tab from storage only.
 */
function stateWith({ tabs, activeTabIndex }) {
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
  return { storage, query: active.query, headers: options.headers, ...sharing(active) };
}

const firstQuery = `# Which vendors this gateway is set up for, and the request headers that each takes.
# Put those into the headers below, then write a mutation: Ctrl-Space completes.

{
  vendors {
    title
    configured
    credentialHeaders
  }
}
`;

/** GraphiQL's own state where the visitor's own tabs are kept, without their headers. */
function stateOfVisitor(link) {
  const kept = {
    query: localStorage.getItem('graphiql:query') ?? firstQuery,
    variables: localStorage.getItem('graphiql:variables'),
  };
  return { defaultQuery: firstQuery, ...link, ...sharing(link ?? kept) };
}

const hasTabs = options.tabs.length > 0;

globalThis.YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
  title: options.title,
  endpoint: options.endpoint,
  defaultEditorToolsVisibility: 'headers',
  // Never into the browser's own storage. With tabs, all of it ends with the page.
  shouldPersistHeaders: hasTabs,
  ...(hasTabs ? stateWith(withLink(options.tabs, linked())) : stateOfVisitor(linked())),
});
