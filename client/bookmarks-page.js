// The page of the reader's bookmarks: those stored on this device, or those that a shared address has in its fragment
// (#p=one,two). It reads the facts from the profiles, so they are as current as the guide.

import {isSlug, readBookmarks, renameBookmark, saveBookmarks} from './bookmarks.js';
import {createButton, createElement, fillText, keepFragment, language, readJson, resolveUrl} from './elements.js';

const words = readJson('list-words');
const list = document.getElementById('my-list'), tools = document.getElementById('list-tools'), emptyNote = document.getElementById('list-empty');
const readShared = () => (new URLSearchParams(location.hash.slice(1)).get('p') ?? '').split(',').filter(isSlug).slice(0, 50);
const profileUrl = (slug) => resolveUrl(`${language}/partners/${slug}/index.html`);

/** Return the main facts of a profile: whom to call and where to go. If the partner was renamed, follow to its current slug. */
const fetchProfile = async (slug) => {
  try {
    const response = await fetch(profileUrl(slug));
    if (response.status === 404) return {slug, gone: true};
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const newSlug = page.querySelector('[rel=canonical]')?.href.match(/partners\/([^/]+)\/$/)?.[1] ?? slug;
    if (newSlug !== slug) {
      renameBookmark(slug, newSlug);
      return fetchProfile(newSlug);
    }
    for (const link of page.querySelectorAll('.status a')) link.href = new URL(link.getAttribute('href'), profileUrl(slug));
    const take = (selector, limit) => [...page.querySelectorAll(selector)].slice(0, limit).map((element) => document.importNode(element, true));
    return {slug, title: take('h1', 1)[0]?.childNodes, parts: take('main .org-name, main > div > .status, main .lead, main .call', 6), places: [...new Map(take('.service .address', 20).map((place) => [place.textContent, place])).values()].slice(0, 4)};
  } catch { return {slug}; } // no network, or a guide opened from a disk
};

const createCard = ({slug, title = [slug], parts = [], places = [], gone}, isOwn) => {
  const name = [...title].map((node) => node.textContent ?? node).join('');
  return createElement('article', {class: 'card'},
    createElement('h2', {class: 'card-title'}, gone ? slug : createElement('a', {href: profileUrl(slug)}, ...title)),
    ...(gone ? [createElement('p', {class: 'status'}, words.gone)] : parts), ...places.map((place) => createElement('p', {class: 'address'}, ...place.childNodes)),
    ...(isOwn ? [createButton(words.remove, () => { saveBookmarks(readBookmarks().filter((other) => other !== slug)); update(); }, {'aria-label': fillText(words.removing, {name})})] : []));
};

const update = async () => {
  const shared = readShared(), isOwn = !shared.length;
  list.ariaBusy = 'true';
  const profiles = new Map((await Promise.all((isOwn ? readBookmarks() : shared).map(fetchProfile))).map((profile) => [profile.slug, profile])), slugs = [...profiles.keys()];
  const {href} = Object.assign(new URL(location.href), {hash: `p=${slugs.join(',')}`});
  list.replaceChildren(...[...profiles.values()].map((profile) => createCard(profile, isOwn)));
  list.ariaBusy = 'false';
  emptyNote.hidden = slugs.length > 0;
  tools.hidden = !slugs.length;
  tools.replaceChildren(
    createButton(words.print, () => print()),
    createButton(words.copy, async ({target}) => {
      try { await navigator.clipboard.writeText(href); target.textContent = words.copied; } catch { prompt(words.copy, href); }
    }),
    createElement('a', {class: 'button', href: `sms:?&body=${encodeURIComponent(href)}`}, words.text),
    isOwn ? createButton(words.empty, () => { saveBookmarks([]); update(); }) : createButton(words.keepAll, () => { saveBookmarks([...readBookmarks(), ...slugs]); location.hash = ''; }));
};

addEventListener('hashchange', update);
keepFragment();
update();
