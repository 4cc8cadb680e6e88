// The reader's bookmarks, stored on this device and nowhere else: the slugs of partners. The storage key has the path of the
// guide, because several guides may share a host. Where nothing can be stored (private windows), they last as long as the page.

import {createButton, resolveUrl} from './elements.js';

const KEY = `guidegen ${resolveUrl('').pathname} list`;
let unstored = [];

export const isSlug = (text) => /^[a-z0-9-]{1,60}$/.test(text);

export const readBookmarks = () => {
  try { return JSON.parse(localStorage.getItem(KEY) ?? '[]').filter(isSlug); } catch { return unstored; }
};
/** Store slugs, each once. */
export const saveBookmarks = (slugs) => {
  unstored = [...new Set(slugs)];
  try { if (slugs.length) localStorage.setItem(KEY, JSON.stringify(unstored)); else localStorage.removeItem(KEY); } catch { /* nothing can be stored */ }
};
/** Replace the old slug of a partner with its current one. */
export const renameBookmark = (oldSlug, newSlug) => saveBookmarks(readBookmarks().map((slug) => slug === oldSlug ? newSlug : slug));

/** Add the bookmark button to a profile. `words` are those of freshness.js. */
export const addButton = (words) => {
  const place = document.querySelector('[data-slug]'), {slug, was} = place.dataset;
  const link = place.querySelector('a'), button = createButton('', () => {
    const slugs = readBookmarks();
    saveBookmarks(slugs.includes(slug) ? slugs.filter((other) => other !== slug) : [...slugs, slug]);
    update();
  });
  const update = () => {
    const isKept = readBookmarks().includes(slug);
    button.setAttribute('aria-pressed', isKept);
    button.textContent = isKept ? words.kept : words.keep;
    link.hidden = !isKept;
  };
  was?.split(' ').forEach((oldSlug) => renameBookmark(oldSlug, slug));
  place.prepend(button, ' ');
  place.hidden = false;
  update();
};
