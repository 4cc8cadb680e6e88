// The page of the offline copy: its size before it is saved, its date afterwards, and buttons to save and remove it.

import {createButton, createElement, fillTemplate, fillText, formatDate, language, readJson, resolveUrl} from './elements.js';
import {findCopy, removeCopy, saveCopy} from './offline-cache.js';

const words = readJson('offline-words');
const status = document.getElementById('offline-said'), tools = document.getElementById('offline-tools');
const isSupported = 'caches' in self && 'serviceWorker' in navigator, liveReload = document.querySelector('script[src="/livereload.js"]');

/** Return an ISO date in words. */
const sayDate = (date) => formatDate(new Date(date), words);
const createRecord = () => {
  const date = new Date().toISOString().slice(0, 10);
  return {date, notice: fillText(words.copy, {date: sayDate(date)}), label: words.label, languages: [...document.querySelectorAll('a[hreflang]')].map((link) => link.hreflang)};
};

const showStatus = (text, values) => status.replaceChildren(...fillTemplate(text, values));

const update = async () => {
  if (!isSupported || liveReload) return showStatus(liveReload ? words.preview : words.impossible);
  const [published, copy] = await Promise.all([
    fetch(resolveUrl(`${language}/offline.json`), {cache: 'no-store'}).then((response) => response.ok ? response.json() : null, () => null), findCopy(language)]);
  const save = async () => {
    tools.replaceChildren();
    try {
      await saveCopy(language, published, createRecord(), (done, all) => { if (done % 10 === 0) showStatus(words.saving, {done, all}); });
    } catch {
      showStatus(words.failed);
      tools.replaceChildren(createButton(words.save, save));
      return;
    }
    update();
  };
  if (copy) showStatus(!published || published.version === copy.version ? words.saved : words.old, {date: createElement('time', {datetime: copy.date}, sayDate(copy.date))});
  else if (published) showStatus(words.size, {size: (published.bytes / 1e6).toFixed(1)});
  else showStatus(words.nothing);
  tools.replaceChildren(...published && published.version !== copy?.version ? [createButton(copy ? words.again : words.save, save)] : [],
    ...copy ? [createButton(words.remove, async () => { await removeCopy(language); update(); })] : []);
};

update();
