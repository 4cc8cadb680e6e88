// What the reader keeps on this device, and nowhere else: the slugs of a list. Named by the guide's folder, as several
// guides may share a host. Where nothing can be stored (private windows), the list lives as long as the page.

import {button, rootOf} from './words.js';

const KEY = `guidegen ${rootOf().pathname} list`;
let held = [];

export const kept = () => {
  try { return JSON.parse(localStorage.getItem(KEY) ?? '[]').filter((one) => /^[a-z0-9-]{1,60}$/.test(one)); } catch { return held; }
};
/** Puts the present name of a partner in place of an old one, if given; a partner is then in the list once. */
export const rename = (old, present) => keep([...new Set(kept().map((one) => one === old ? present : one))]);
export const keep = (slugs) => {
  held = slugs;
  try { if (slugs.length) localStorage.setItem(KEY, JSON.stringify(slugs)); else localStorage.removeItem(KEY); } catch { /* nothing can be stored */ }
};

/** The button of a profile that puts it on the list; its words are those of told.js. */
export const offer = (words) => {
  const place = document.querySelector('[data-slug]'), {slug, was} = place.dataset;
  const link = place.querySelector('a'), made = button('', () => {
    const now = kept();
    keep(now.includes(slug) ? now.filter((one) => one !== slug) : [...now, slug]);
    show();
  });
  const show = () => {
    const is = kept().includes(slug);
    made.setAttribute('aria-pressed', is);
    made.textContent = is ? words.kept : words.keep;
    link.hidden = !is;
  };
  was?.split(' ').forEach((old) => rename(old, slug));
  place.prepend(made, ' ');
  place.hidden = false;
  show();
};
