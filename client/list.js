// The reader's own list: what is kept on this device, or what the fragment of a shared address names (#p=one,two).
// Facts come from the profiles themselves, so they are as fresh as the guide.

import {keep, kept, rename} from './kept.js';
import {button, element, filled, rootOf} from './words.js';

const words = JSON.parse(document.getElementById('list-words').textContent);
const tag = document.documentElement.lang, list = document.getElementById('my-list'), tools = document.getElementById('list-tools'), empty = document.getElementById('list-empty');
const shared = () => (new URLSearchParams(location.hash.slice(1)).get('p') ?? '').split(',').filter((one) => /^[a-z0-9-]{1,60}$/.test(one)).slice(0, 50);
const pathOf = (slug) => new URL(`${tag}/partners/${slug}/index.html`, rootOf()).href;

/** What a profile says first: whom to call and where to go. A page that has moved names the present slug. */
const profile = async (slug) => {
  try {
    const answer = await fetch(pathOf(slug));
    if (answer.status === 404) return {slug, gone: true};
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const present = page.querySelector('[rel=canonical]')?.href.match(/partners\/([^/]+)\/$/)?.[1] ?? slug;
    if (present !== slug) {
      rename(slug, present);
      return profile(present);
    }
    for (const link of page.querySelectorAll('.status a')) link.href = new URL(link.getAttribute('href'), pathOf(slug));
    const take = (selector, most) => [...page.querySelectorAll(selector)].slice(0, most).map((one) => document.importNode(one, true));
    return {slug, title: take('h1', 1)[0]?.childNodes ?? [slug], parts: take('main .org-name, main > div > .status, main .lead, main .call', 6), places: [...new Map(take('.service .address', 20).map((one) => [one.textContent, one])).values()].slice(0, 4)};
  } catch { return {slug}; } // no network, or a guide opened from a disk
};

const card = ({slug, title, parts = [], places = [], gone}, own) => {
  const name = title ? [...title].map((one) => one.textContent ?? one).join('') : slug;
  return element('article', {class: 'card'},
    element('h2', {class: 'card-title'}, gone ? slug : element('a', {href: pathOf(slug)}, ...(title ?? [slug]))),
    ...(gone ? [element('p', {class: 'status'}, words.gone)] : parts), ...places.map((one) => element('p', {class: 'address'}, ...one.childNodes)),
    ...(own ? [button(words.remove, () => { keep(kept().filter((one) => one !== slug)); show(); }, {'aria-label': filled(words.removing, {name}).join('')})] : []));
};

const copy = (address) => async ({target}) => {
  try { await navigator.clipboard.writeText(address); target.textContent = words.copied; } catch { prompt(words.copy, address); }
};

const show = async () => {
  const others = shared(), own = !others.length, named = own ? kept() : others;
  list.ariaBusy = 'true';
  const found = new Map((await Promise.all(named.map(profile))).map((one) => [one.slug, one])), slugs = [...found.keys()];
  const address = new URL(location.href);
  address.hash = `p=${slugs.join(',')}`;
  list.replaceChildren(...[...found.values()].map((one) => card(one, own)));
  list.ariaBusy = 'false';
  empty.hidden = slugs.length > 0;
  tools.hidden = !slugs.length;
  tools.replaceChildren(
    button(words.print, () => print()), button(words.copy, copy(address.href)),
    element('a', {class: 'button', href: `sms:?&body=${encodeURIComponent(address.href)}`}, words.text),
    own ? button(words.empty, () => { keep([]); show(); }) : button(words.keepAll, () => { keep([...kept(), ...slugs]); rename(); location.hash = ''; }));
};

addEventListener('hashchange', show);
document.addEventListener('click', ({target}) => { const link = target.closest('a[hreflang]'); if (link) link.hash = location.hash; });
show();
