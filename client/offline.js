// The page on which a reader saves the guide in one language for times without a network, or takes the copy away again.

import {copyOf, possible, remove, save} from './copies.js';
import {rootOf} from './root.js';
import {element} from './search/box.js';
import {filled} from './words.js';

const words = JSON.parse(document.getElementById('offline-words').textContent);
const tag = document.documentElement.lang, said = document.getElementById('offline-said'), tools = document.getElementById('offline-tools');
const date = (iso) => element('time', {datetime: iso}, Intl.DateTimeFormat.supportedLocalesOf(tag).length ? new Date(iso).toLocaleDateString(tag, {dateStyle: 'long', timeZone: 'UTC'}) : iso);
const size = (bytes) => (bytes / 1e6).toFixed(1);
const preview = document.querySelector('script[src="/livereload.js"]');

const button = (text, act) => {
  const made = element('button', {type: 'button', class: 'button'}, text);
  made.addEventListener('click', act);
  return made;
};
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
