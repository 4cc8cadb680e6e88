// Serves the offline copy that a reader saved (client/offline-cache.js) when there is no network or it does not answer.
// It is registered only when the reader asks for a copy, caches nothing by itself, and tries the network first: facts change.
// Every page from a copy begins with a notice that says so. Instead of a page that was not saved comes one that offers what was.

const BASE = new URL('./', self.location).pathname, PREFIX = `guidegen ${BASE} `, RECORD = `${BASE}saved`, TIMEOUT_MS = 3000;
const searchFiles = new Map();

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

/** Return the copies, each with its name, its language and its record. A cache without a record was not completed. */
const listCopies = async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !name.endsWith('…'));
  const copies = names.map(async (name) => ({name, language: name.slice(PREFIX.length).split(' ')[0], record: await (await (await caches.open(name)).match(RECORD))?.json()}));
  return (await Promise.all(copies)).filter(({record}) => record);
};

/** Return the cache key of an address, without query and fragment. A folder and its index.html are one page. */
const cacheKey = (address) => {
  const {origin, pathname} = new URL(address);
  return `${origin}${pathname}${pathname.endsWith('/') ? 'index.html' : ''}`;
};

/** Return the text of a search file. A copy has one file with all search files of its language. */
const readSearchFile = async (cache, {name, language}, path) => {
  if (!searchFiles.has(name)) {
    const bundle = await cache.match(`${BASE}search/whole-${language}.json`);
    searchFiles.clear();
    searchFiles.set(name, bundle ? await bundle.json() : {});
  }
  return searchFiles.get(name)[path];
};

const escape = (text) => text.replace(/[&<]/g, (sign) => `&#${sign.charCodeAt()};`);

/** Return a page from a copy with the notice of the copy, and on the page about pages that were not saved, with what was. */
const addNotice = async (copies, {record}, key, response) => {
  if (!/html/.test(response.headers.get('Content-Type'))) return response;
  // Copies of earlier versions have only their date.
  const page = await response.text(), added = `<p class="status" role="note">${escape(record.notice ?? record.date)}</p>`;
  const links = key.endsWith('/not-saved/index.html') ? copies.map(({language, record: {label}}) => (
    `<li><a class="button" lang="${language}" href="${BASE}${language}/index.html">${escape(label ?? language)}</a></li>`)) : [];
  const whole = page.replace(/<main.*?>/, (start) => start + added).replace('</main>', (end) => `<ul class="buttons">${links.join('')}</ul>${end}`);
  return new Response(whole, {headers: {'Content-Type': 'text/html; charset=utf-8'}});
};

/** Return the response that the first copy has for an address; undefined if none has it. */
const matchCopies = async (copies, address) => {
  const key = cacheKey(address), folder = `${location.origin}${BASE}search/`, path = key.startsWith(folder) && key.slice(folder.length);
  for (const copy of copies) {
    const cache = await caches.open(copy.name), response = await cache.match(key);
    if (response) return addNotice(copies, copy, key, response);
    const text = path && await readSearchFile(cache, copy, path);
    if (text) return new Response(text, {headers: {'Content-Type': 'text/plain; charset=utf-8'}});
  }
};

/**
 * Return a redirect to the page about pages that were not saved, in the language of the address if that was saved. Another guide
 * may be published in a folder of this one: only the languages of this guide are its folders.
 */
const offerSaved = (copies, address) => {
  const wanted = new URL(address).pathname.slice(BASE.length).split('/')[0], known = copies.filter(({record}) => record.languages?.includes(wanted));
  const copy = known.find(({language}) => language === wanted) ?? known[0];
  return copy && Response.redirect(`${BASE}${copy.language}/not-saved/index.html`);
};

const respond = async (request) => {
  const isPage = request.mode === 'navigate';
  // The browser's own cache must not answer for the network with an old page: it has no notice.
  const network = isPage ? fetch(request.url, {cache: 'no-cache', redirect: 'manual'}) : fetch(request);
  const timeout = new Promise((resolve) => { setTimeout(resolve, TIMEOUT_MS); });
  const first = await Promise.race([network.catch(() => {}), timeout]);
  if (first?.status < 500) return first;
  const copies = await listCopies(), saved = await matchCopies(copies, request.url);
  // What was not saved may still come from a slow network.
  return saved ?? network.catch((error) => {
    const offer = isPage && offerSaved(copies, request.url);
    if (offer) return offer;
    throw error;
  });
};

addEventListener('fetch', (event) => {
  const {request} = event, {origin, pathname} = new URL(request.url);
  if (request.method === 'GET' && origin === location.origin && pathname.startsWith(BASE) && request.cache !== 'no-store') event.respondWith(respond(request));
});
