// Serves the offline copy that a reader saved (client/offline-cache.js) when there is no network or it does not answer.
// It is registered only when the reader asks for a copy, caches nothing by itself, and tries the network first: facts change.

const BASE = new URL('./', self.location).pathname, PREFIX = `guidegen ${BASE} `, TIMEOUT_MS = 3000;
const searchFiles = new Map(), cacheOfClient = new Map();

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

const listCaches = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !name.endsWith('…'));

/** Return the cache key of an address, without query and fragment. A folder and its index.html are one page. */
const cacheKey = (address) => {
  const {origin, pathname} = new URL(address);
  return `${origin}${pathname}${pathname.endsWith('/') ? 'index.html' : ''}`;
};

/** Return the text of a search file. A copy has one file with all search files of its language. */
const readSearchFile = async (cache, name, path) => {
  if (!searchFiles.has(name)) {
    const [language] = name.slice(PREFIX.length).split(' '), bundle = await cache.match(`${BASE}search/whole-${language}.json`);
    searchFiles.clear();
    searchFiles.set(name, bundle ? await bundle.json() : {});
  }
  return searchFiles.get(name)[path];
};

/** Return the response that the first copy has for an address, and the name of its cache; undefined if none has it. */
const matchCaches = async (address) => {
  const key = cacheKey(address), path = key.split(`${BASE}search/`)[1];
  for (const name of await listCaches()) {
    const cache = await caches.open(name), response = await cache.match(key);
    if (response) return {name, response};
    const text = path && await readSearchFile(cache, name, path);
    if (text) return {name, response: new Response(text, {headers: {'Content-Type': 'text/plain; charset=utf-8'}})};
  }
};

const respond = async (request, clientId) => {
  const network = fetch(request);
  const timeout = new Promise((resolve) => { setTimeout(resolve, TIMEOUT_MS); });
  const first = await Promise.race([network.catch(() => {}), timeout]);
  if (first?.status < 500) return first;
  const match = await matchCaches(request.url);
  if (match) cacheOfClient.set(clientId, match.name);
  return match?.response ?? network;
};

addEventListener('fetch', (event) => {
  const {request} = event, {origin, pathname} = new URL(request.url);
  if (request.method === 'GET' && origin === location.origin && pathname.startsWith(BASE) && request.cache !== 'no-store') event.respondWith(respond(request, event.resultingClientId));
});

/** Tell a page the name of the cache it came from, or null if it came from the network. */
addEventListener('message', ({source, ports}) => ports[0]?.postMessage(cacheOfClient.get(source?.id) ?? null));
