// Copies of the guide that a reader saved for times without a network: the page on which they are made and removed, and on a
// page that was read from one, from when it is. Caches are named by the guide's folder, so that guides on one host keep apart:
// "guidegen /folder/ language version"; one that is being made ends in an ellipsis.

import {button, element, filled, rootOf} from './words.js';

const PREFIX = `guidegen ${rootOf().pathname} `;
const RECORD = new URL('saved', rootOf()).href;

const possible = () => 'caches' in self && 'serviceWorker' in navigator;

/** What was noted when a copy was made: {date}. */
const recordOf = async (name) => (await (await caches.open(name)).match(RECORD))?.json();

/** The copy of a language: {name, version, date}, or null. */
const copyOf = async (language) => {
  const name = (await caches.keys()).find((one) => one.startsWith(`${PREFIX}${language} `) && !one.endsWith('…'));
  const record = name && await recordOf(name);
  return record ? {name, version: name.split(' ').at(-1), ...record} : null;
};

const remove = async (language) => {
  for (const name of await caches.keys()) if (name.startsWith(`${PREFIX}${language} `)) await caches.delete(name);
  if (!(await caches.keys()).some((name) => name.startsWith(PREFIX))) await (await navigator.serviceWorker.getRegistration(rootOf()))?.unregister();
};

/** Saves every file of a language; what was saved before stays until the new copy is whole. Throws where a file cannot be had. */
const save = async (language, {version, files}, told) => {
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

/** The page of a copy: its size, and buttons to save and to remove it. */
const offer = () => {
  const words = JSON.parse(document.getElementById('offline-words').textContent);
  const tag = document.documentElement.lang, said = document.getElementById('offline-said'), tools = document.getElementById('offline-tools');
  const date = (iso) => element('time', {datetime: iso}, Intl.DateTimeFormat.supportedLocalesOf(tag).length ? new Date(iso).toLocaleDateString(tag, {dateStyle: 'long', timeZone: 'UTC'}) : iso);
  const size = (bytes) => (bytes / 1e6).toFixed(1);
  const preview = document.querySelector('script[src="/livereload.js"]');

  const tell = (...parts) => said.replaceChildren(...parts);

  const show = async () => {
    if (!possible() || preview) return tell(preview ? words.preview : words.impossible);
    const [listed, copy] = await Promise.all([
      fetch(new URL(`${tag}/offline.json`, rootOf()), {cache: 'no-store'}).then((answer) => answer.ok ? answer.json() : null, () => null), copyOf(tag)]);
    const start = async () => {
      tools.replaceChildren();
      try {
        await save(tag, listed, (done, all) => { if (done % 10 === 0) tell(...filled(words.saving, {done, all})); });
      } catch {
        tell(words.failed);
        tools.replaceChildren(button(words.save, start));
        return;
      }
      show();
    };
    const away = button(words.remove, async () => { await remove(tag); show(); });
    if (!copy) tell(...listed ? filled(words.size, {size: size(listed.bytes)}) : [words.nothing]);
    else tell(...filled(!listed || listed.version === copy.version ? words.saved : words.old, {date: date(copy.date)}));
    tools.replaceChildren(...listed && listed.version !== copy?.version ? [button(copy ? words.again : words.save, start)] : [], ...copy ? [away] : []);
  };

  show();
};

/** Only the worker knows from which copy a page was read, so it is asked; ``words`` are those of told.js. */
export const date = (words) => {
  const {port1, port2} = new MessageChannel();
  port1.onmessage = async ({data: name}) => {
    const record = name && await recordOf(name);
    if (record) document.getElementById('main').prepend(element('p', {class: 'status', role: 'note'}, ...filled(words.copy, {date: element('bdi', {}, record.date)})));
  };
  navigator.serviceWorker.controller.postMessage('which copy', [port2]);
};

if (document.getElementById('offline-words')) offer();
