// What the reader keeps on this device, and nowhere else: the slugs of a list. Named by the guide's folder, as several
// guides may share a host. Where nothing can be stored (private windows), the list lives as long as the page.

import {rootOf} from './root.js';

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
