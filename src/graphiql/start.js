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

/**
 * GraphiQL's own state with tabs that are ready to run: it takes the variables and headers of its
 * first tab from storage only. A link to one of the tabs opens that one.
 */
function stateWith(tabs) {
  const linked = new URL(location.href).searchParams.get('query');
  const found = tabs.findIndex(({ query }) => query === linked);
  const activeTabIndex = Math.max(0, found);
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
  return { storage, query: active.query };
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

const hasTabs = options.tabs.length > 0;

globalThis.YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), {
  title: options.title,
  endpoint: options.endpoint,
  defaultEditorToolsVisibility: 'headers',
  // Never into the browser's own storage. With tabs, all of it ends with the page.
  shouldPersistHeaders: hasTabs,
  ...(hasTabs
    ? { ...stateWith(options.tabs), headers: options.headers }
    : { defaultQuery: firstQuery }),
});
