// The offline copies of the guide that a reader saved, one for each language. A copy is a cache whose name has the path of the
// guide, because several guides may share a host: "guidegen /folder/ language version". While it is downloaded, the name ends
// in an ellipsis.

import {resolveUrl} from './elements.js';

const PREFIX = `guidegen ${resolveUrl('').pathname} `;
const RECORD = resolveUrl('saved');

/** Return the record of a copy: its date, the notice of its pages, the name of its language, and the guide's languages. */
const readRecord = async (name) => (await (await caches.open(name)).match(RECORD))?.json();

const listCaches = async (language) => (await caches.keys()).filter((name) => name.startsWith(`${PREFIX}${language} `));

/** Return the copy of a language, {version, date}, or undefined. */
export const findCopy = async (language) => {
  const name = (await listCaches(language)).find((other) => !other.endsWith('…'));
  const record = name && await readRecord(name);
  return record && {version: name.split(' ').at(-1), ...record};
};

/** Delete the copy of a language, and with the last copy the worker. */
export const removeCopy = async (language) => {
  for (const name of await listCaches(language)) await caches.delete(name);
  if (!(await caches.keys()).some((name) => name.startsWith(PREFIX))) await (await navigator.serviceWorker.getRegistration(resolveUrl('')))?.unregister();
};

/**
 * Save every file of a language. The previous copy stays until the new one is complete. Throw if a file cannot be fetched.
 * `record` is what the worker needs to know, as in `readRecord`. `onProgress` takes the number of files that are done and of all.
 */
export const saveCopy = async (language, {version, files}, record, onProgress) => {
  const partialName = `${PREFIX}${language} ${version}…`, name = partialName.slice(0, -1), isNew = !await caches.has(name);
  await caches.delete(partialName);
  const partial = await caches.open(partialName), queue = [...files];
  try {
    const results = await Promise.allSettled(Array.from({length: 6}, async () => {
      try {
        while (queue.length) {
          const file = queue.shift(), address = resolveUrl(file), response = await fetch(address, {cache: 'no-cache', mode: 'same-origin'});
          if (!response.ok) throw new Error(`${file}: ${response.status}`);
          // Make a new response: browsers refuse a cached one that was redirected (some hosts redirect index.html to its folder).
          await partial.put(address, new Response(response.body, {headers: response.headers}));
          onProgress(files.length - queue.length, files.length);
        }
      } catch (error) {
        queue.length = 0; // stop the other downloads
        throw error;
      }
    }));
    const failure = results.find(({reason}) => reason);
    if (failure) throw failure.reason;
    const copy = await caches.open(name);
    for (const request of await partial.keys()) await copy.put(request, await partial.match(request));
    await copy.put(RECORD, new Response(JSON.stringify(record)));
    for (const other of await listCaches(language)) if (other !== name) await caches.delete(other);
    await navigator.serviceWorker.register(resolveUrl('sw.js'));
  } catch (error) {
    await caches.delete(partialName);
    if (isNew) await caches.delete(name);
    throw error;
  }
};
