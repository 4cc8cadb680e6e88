// The button of a profile that puts it on the reader's own list.

import {keep, kept, rename} from './kept.js';
import {words} from './told.js';
import {element} from './search/box.js';

const place = document.querySelector('[data-slug]'), {slug, was} = place.dataset;
const button = element('button', {type: 'button', class: 'button'}), link = place.querySelector('a');
const show = () => {
  const is = kept().includes(slug);
  button.setAttribute('aria-pressed', String(is));
  button.textContent = is ? words.kept : words.keep;
  link.hidden = !is;
};
button.addEventListener('click', () => {
  const now = kept();
  keep(now.includes(slug) ? now.filter((one) => one !== slug) : [...now, slug]);
  show();
});
was?.split(' ').forEach((old) => rename(old, slug));
place.prepend(button, ' ');
place.hidden = false;
show();
