// Serves the offline copy that a reader saved (client/offline-cache.js) when there is no network or it does not answer.
// It is registered only when the reader asks for a copy, caches nothing by itself, and tries the network first: facts change.
// Every page from a copy begins with a notice that says so. Instead of a page that was not saved comes one that offers what was.

const BASE = new URL('./', self.location).pathname, PREFIX = `guidegen ${BASE} `, RECORD = `${BASE}saved`, TIMEOUT_MS = 3000;
const searchFiles = new Map();

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

const listCaches = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !name.endsWith('…'));

const getLanguage = (name) => name.slice(PREFIX.length).split(' ')[0];

/** Return the cache key of an address, without query and fragment. A folder and its index.html are one page. */
const cacheKey = (address) => {
  const {origin, pathname} = new URL(address);
  return `${origin}${pathname}${pathname.endsWith('/') ? 'index.html' : ''}`;
};

/** Return the text of a search file. A copy has one file with all search files of its language. */
const readSearchFile = async (cache, name, path) => {
  if (!searchFiles.has(name)) {
    const bundle = await cache.match(`${BASE}search/whole-${getLanguage(name)}.json`);
    searchFiles.clear();
    searchFiles.set(name, bundle ? await bundle.json() : {});
  }
  return searchFiles.get(name)[path];
};

const readRecord = async (name) => (await (await caches.open(name)).match(RECORD)).json();
const escape = (text = '') => text.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt()};`);

/** Return a page from a copy with the notice of the copy, and on the page about pages that were not saved, with what was. */
const addNotice = async (name, key, response) => {
  if (!/html/.test(response.headers.get('Content-Type'))) return response;
  const page = await response.text(), {notice} = await readRecord(name);
  const links = key.endsWith('/not-saved/index.html') ? await Promise.all((await listCaches()).map(async (other) => {
    const language = getLanguage(other), {label} = await readRecord(other);
    return `<li><a class="button" lang="${language}" href="${BASE}${language}/index.html">${escape(label)}</a></li>`;
  })) : [];
  const added = `<p class="status" role="note">${escape(notice)}</p>`;
  const whole = page.replace(/<main.*?>/, (start) => start + added).replace('</main>', (end) => `<ul class="buttons">${links.join('')}</ul>${end}`);
  return new Response(whole, {headers: {'Content-Type': 'text/html; charset=utf-8'}});
};

/** Return the response that the first copy has for an address; undefined if none has it. */
const matchCaches = async (address) => {
  const key = cacheKey(address), path = key.split(`${BASE}search/`)[1];
  for (const name of await listCaches()) {
    const cache = await caches.open(name), response = await cache.match(key);
    if (response) return addNotice(name, key, response);
    const text = path && await readSearchFile(cache, name, path);
    if (text) return new Response(text, {headers: {'Content-Type': 'text/plain; charset=utf-8'}});
  }
};

/** Return a redirect to the page about pages that were not saved, in the language of the address if that was saved. */
const offerSaved = async (address) => {
  const names = await listCaches(), wanted = new URL(address).pathname.slice(BASE.length).split('/')[0];
  const name = names.find((other) => getLanguage(other) === wanted) ?? names[0];
  // Another guide may be published in a folder of this one: only the languages of this guide are its folders.
  return name && (await readRecord(name)).languages?.includes(wanted) && Response.redirect(`${BASE}${getLanguage(name)}/not-saved/index.html`);
};

const respond = async (request) => {
  // The browser's own cache must not answer for the network with an old page: it has no notice.
  const network = request.mode === 'navigate' ? fetch(request.url, {cache: 'no-cache', redirect: 'manual'}) : fetch(request);
  const timeout = new Promise((resolve) => { setTimeout(resolve, TIMEOUT_MS); });
  const first = await Promise.race([network.catch(() => {}), timeout]);
  if (first?.status < 500) return first;
  return await matchCaches(request.url) ?? (request.mode === 'navigate' && await offerSaved(request.url) || network);
};

addEventListener('fetch', (event) => {
  const {request} = event, {origin, pathname} = new URL(request.url);
  if (request.method === 'GET' && origin === location.origin && pathname.startsWith(BASE) && request.cache !== 'no-store') event.respondWith(respond(request));
});
