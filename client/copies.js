// The copies of this guide that a reader saved: caches named by the guide's folder, so that guides on one host keep apart.
// A name is "guidegen /folder/ language version"; one that is being made ends in an ellipsis.

import {rootOf} from './root.js';

export const PREFIX = `guidegen ${rootOf().pathname} `;
const RECORD = new URL('saved', rootOf()).href;

export const possible = () => 'caches' in self && 'serviceWorker' in navigator;

/** What was noted when a copy was made: {date}. */
export const recordOf = async (name) => (await (await caches.open(name)).match(RECORD))?.json();

/** The copy of a language: {name, version, date}, or null. */
export const copyOf = async (language) => {
  const name = (await caches.keys()).find((one) => one.startsWith(`${PREFIX}${language} `) && !one.endsWith('…'));
  const record = name && await recordOf(name);
  return record ? {name, version: name.split(' ').at(-1), ...record} : null;
};

export const remove = async (language) => {
  for (const name of await caches.keys()) if (name.startsWith(`${PREFIX}${language} `)) await caches.delete(name);
  if (!(await caches.keys()).some((name) => name.startsWith(PREFIX))) await (await navigator.serviceWorker.getRegistration(rootOf()))?.unregister();
};

/** Saves every file of a language; what was saved before stays until the new copy is whole. Throws where a file cannot be had. */
export const save = async (language, {version, files}, told) => {
  const making = `${PREFIX}${language} ${version}…`, name = making.slice(0, -1);
  await caches.delete(making);
  const cache = await caches.open(making), left = [...files];
  try {
    const ends = await Promise.allSettled(Array.from({length: 6}, async () => {
      for (let file = left.shift(); file !== undefined; file = left.shift()) {
        try {
          const address = new URL(file, rootOf()).href, answer = await fetch(address, {cache: 'no-cache', mode: 'same-origin'});
          if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
          // A new answer, since browsers refuse one that came over a redirect (some hosts lead from index.html to the folder).
          await cache.put(address, new Response(answer.body, {headers: answer.headers}));
        } catch (error) {
          left.length = 0; // the others stop as well
          throw error;
        }
        told(files.length - left.length, files.length);
      }
    }));
    const failed = ends.find(({reason}) => reason);
    if (failed) throw failed.reason;
    const whole = await caches.open(name);
    for (const request of await cache.keys()) await whole.put(request, await cache.match(request));
    await whole.put(RECORD, new Response(JSON.stringify({date: new Date().toISOString().slice(0, 10)})));
    for (const other of await caches.keys()) if (other.startsWith(`${PREFIX}${language} `) && other !== name) await caches.delete(other);
    await navigator.serviceWorker.register(new URL('sw.js', rootOf()));
  } catch (error) {
    await caches.delete(making);
    throw error;
  }
};
