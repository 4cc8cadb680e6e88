// Narrows the cards of a page down. What is chosen stands in the fragment (#f=lang:es&f=fact:free), which no server sees.
// Of facts all must be true of one and the same service; of places, languages and kinds of help one is enough.

import {words} from './told.js';
import {counted, element, filled} from './words.js';

const form = document.getElementById('narrow'), said = form.querySelector('[role=status]'), nothing = form.querySelector('p.status'), chips = form.querySelector('.chips');
const boxes = [...form.querySelectorAll('input')], cards = [...document.querySelectorAll('.card[data-is]')];
const kindOf = (concept) => concept.split(':')[0];

/** What holds for the partner, and for each service besides. */
const truths = new Map(cards.map((card) => {
  const [common, ...services] = card.dataset.is.split('|').map((part) => part.split(' '));
  return [card, services.length ? services.map((facts) => new Set([...common, ...facts])) : [new Set(common)]];
}));
const groups = (chosen) => [...chosen.reduce((found, one) => found.set(kindOf(one), [...found.get(kindOf(one)) ?? [], one]), new Map())];
const fits = (card, asked) => truths.get(card).some((one) => asked.every(([kind, some]) => kind === 'fact' ? some.every((fact) => one.has(fact)) : some.some((fact) => one.has(fact))));
const different = (some) => new Set(some.map((card) => card.querySelector('.card-title a').href)).size;

const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);

const show = () => {
  const asked = chosen(), by = groups(asked);
  const left = cards.filter((card) => { card.hidden = !fits(card, by); return !card.hidden; });
  for (const group of document.querySelectorAll('main section')) group.hidden = asked.length > 0 && !group.querySelector('.card:not([hidden])');
  for (const item of document.querySelectorAll('.jump > li')) item.hidden = document.querySelector(item.firstElementChild.hash)?.closest('section').hidden;
  for (const box of boxes) {
    const with_ = groups(kindOf(box.value) === 'fact' ? [...new Set([...asked, box.value])] : [...asked.filter((one) => kindOf(one) !== kindOf(box.value)), box.value]);
    const number = different(cards.filter((card) => fits(card, with_)));
    box.closest('label').querySelector('.count').textContent = `(${number})`;
    box.closest('label').classList.toggle('none', !number && !box.checked);
  }
  said.textContent = asked.length ? counted(words, different(left)) : '';
  nothing.hidden = left.length > 0;
  chips.replaceChildren(...boxes.filter((box) => box.checked).map((box) => {
    const name = box.nextElementSibling.textContent;
    const chip = element('button', {type: 'button', class: 'chip', 'aria-label': filled(words.remove, {name}).join('')}, name, element('span', {'aria-hidden': 'true'}, ' ×'));
    chip.addEventListener('click', () => { box.checked = false; keep(); form.querySelector('summary').focus(); });
    return element('li', {}, chip);
  }));
};

/** The choice goes into the address without a step in the history, so that "back" leads to the page before. */
const keep = () => {
  const hash = new URLSearchParams(chosen().map((one) => ['f', one]));
  history.replaceState(null, '', `${location.pathname}${location.search}${hash.size ? `#${hash}` : ''}`);
  show();
};

const recall = () => {
  const asked = new URLSearchParams(location.hash.slice(1)).getAll('f');
  if (location.hash && !asked.length) return; // a place on the page
  for (const box of boxes) box.checked = asked.includes(box.value);
  show();
};

// "open now" is known to the page alone
const openNow = () => {
  for (const [card, services] of truths) {
    const offers = card.querySelectorAll('.offer');
    services.forEach((one, place) => offers[place]?.querySelector('[data-now]') ? one.add('fact:open-now') : one.delete('fact:open-now'));
  }
  const box = boxes.find(({value}) => value === 'fact:open-now');
  if (box) box.closest('label').hidden = !cards.some((card) => fits(card, [['fact', ['fact:open-now']]])) && !box.checked;
  show();
};

form.hidden = false;
form.addEventListener('change', keep);
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', (event) => { event.preventDefault(); for (const box of boxes) box.checked = false; keep(); form.querySelector('summary').focus(); });
addEventListener('hashchange', recall);
document.addEventListener('told', openNow);
// the same choice in another language
document.addEventListener('click', ({target}) => { const link = target.closest('a[hreflang]'); if (link) link.hash = location.hash; });
recall();
openNow();
