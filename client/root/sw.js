// Serves what a reader saved of this guide (client/offline.js) when there is no network or it does not answer.
// It is registered only by the reader's own choice, caches nothing by itself, and asks the network first: facts change.

const BASE = new URL('./', self.location).pathname, PREFIX = `guidegen ${BASE} `, PATIENCE = 3000;
const opened = new Map(), reading = new Map();

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

const saved = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !name.endsWith('…'));

/** A folder and its index.html are one page; queries and fragments are nothing to it. */
const keyOf = (address) => {
  const {origin, pathname} = new URL(address);
  return `${origin}${pathname}${pathname.endsWith('/') ? 'index.html' : ''}`;
};

/** A file of the search, out of the one that holds all of a language. */
const partOf = async (cache, name, file) => {
  if (!opened.has(name)) {
    const [language] = name.slice(PREFIX.length).split(' '), whole = await cache.match(`${BASE}search/whole-${language}.json`);
    opened.clear();
    opened.set(name, whole ? await whole.json() : {});
  }
  return opened.get(name)[file];
};

const fromCopy = async (address) => {
  const key = keyOf(address), file = key.split(`${BASE}search/`)[1];
  for (const name of await saved()) {
    const cache = await caches.open(name), found = await cache.match(key);
    if (found) return {name, answer: found};
    const part = file && await partOf(cache, name, file);
    if (part) return {name, answer: new Response(part, {headers: {'Content-Type': 'text/plain; charset=utf-8'}})};
  }
  return null;
};

const answer = async (request, page) => {
  const network = fetch(request);
  network.catch(() => {});
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, null); });
  const first = await Promise.race([network.catch(() => null), late]);
  if (first && first.status < 500) return first;
  const found = await fromCopy(request.url);
  if (found && page) reading.set(page, found.name);
  return found?.answer ?? network;
};

addEventListener('fetch', (event) => {
  const {request} = event, {origin, pathname} = new URL(request.url);
  if (request.method === 'GET' && origin === location.origin && pathname.startsWith(BASE) && request.cache !== 'no-store') event.respondWith(answer(request, event.resultingClientId));
});

/** A page asks which copy it was read from, to say so; null when it came over the network. */
addEventListener('message', ({source, ports}) => ports[0]?.postMessage(reading.get(source?.id) ?? null));
