// Filters the cards of a page. The choices are in the URL fragment (#f=lang:es&f=fact:free), which no server sees.
// One service must match all chosen facts. Of places, languages and kinds of help it must match one each.

import {createChip, formatCount, keepFragment} from './elements.js';

const getKind = (concept) => concept.split(':')[0];
const groupByKind = (concepts) => [...concepts.reduce((groups, concept) => groups.set(getKind(concept), [...groups.get(getKind(concept)) ?? [], concept]), new Map())];

/** Make the filters of a list work. `form` has them, `words` are those of freshness.js. */
export const addFilters = (form, words) => {
  const count = form.querySelector('.found [role=status]'), emptyNote = form.querySelector('p.status'), chips = form.querySelector('.chips');
  const boxes = [...form.querySelectorAll('input')], cards = [...document.querySelectorAll('.card[data-is]')], {near} = form.elements;
  const sections = new Set(cards.map((card) => card.closest('section')).filter(Boolean));

  /** The concepts of each service of a card, with those of the partner. */
  const conceptsByCard = new Map(cards.map((card) => {
    const [common, ...services] = card.dataset.is.split('|').map((part) => part.split(' '));
    return [card, services.length ? services.map((facts) => new Set([...common, ...facts])) : [new Set(common)]];
  }));
  const isMatch = (card, groups) => conceptsByCard.get(card).some((service) => groups.every(([kind, concepts]) => concepts[kind === 'fact' ? 'every' : 'some']((concept) => service.has(concept))));
  const countPartners = (matches) => new Set(matches.map((card) => card.querySelector('.card-title a').href)).size;

  const getChoices = () => boxes.filter((box) => box.checked).map((box) => box.value);

  const update = () => {
    const choices = getChoices(), groups = groupByKind(choices);
    const matches = cards.filter((card) => { card.hidden = !isMatch(card, groups); return !card.hidden; });
    for (const section of sections) section.hidden = (choices.length > 0 || near?.value) && !section.querySelector('.card:not([hidden])');
    for (const item of document.querySelectorAll('.jump > li')) item.hidden = document.querySelector(item.firstElementChild.hash)?.closest('section').hidden;
    for (const box of boxes) {
      const kind = getKind(box.value), label = box.closest('label');
      const withBox = groupByKind(kind === 'fact' ? [...new Set([...choices, box.value])] : [...choices.filter((concept) => getKind(concept) !== kind), box.value]);
      const number = countPartners(cards.filter((card) => isMatch(card, withBox)));
      label.querySelector('.count').textContent = `(${number})`;
      label.classList.toggle('none', !number && !box.checked);
    }
    count.textContent = choices.length ? formatCount(words, countPartners(matches)) : '';
    emptyNote.hidden = matches.length > 0;
    chips.replaceChildren(...boxes.filter((box) => box.checked).map((box) => createChip(box.nextElementSibling.textContent, words.remove, () => uncheck([box]))));
  };

  /** Write the choices to the address without a new history entry, so that the back button leads to the page before. */
  const saveChoices = () => {
    const hash = new URLSearchParams(getChoices().map((concept) => ['f', concept]));
    history.replaceState(null, '', `${location.pathname}${location.search}${hash.size ? `#${hash}` : ''}`);
    update();
  };

  const uncheck = (selection) => {
    for (const box of selection) box.checked = false;
    saveChoices();
    form.querySelector('summary').focus();
  };

  const readChoices = () => {
    const choices = new URLSearchParams(location.hash.slice(1)).getAll('f');
    if (location.hash && !choices.length) return; // the fragment is the id of an element on the page
    for (const box of boxes) box.checked = choices.includes(box.value);
    update();
  };

  // Only freshness.js knows which services are open now, or later today.
  const updateOpenNow = () => {
    for (const [card, services] of conceptsByCard) {
      const offers = card.querySelectorAll('.offer');
      services.forEach((concepts, index) => {
        const opens = offers[index]?.querySelector('[data-opens]')?.dataset.opens;
        concepts[opens === 'now' ? 'add' : 'delete']('fact:open-now');
        concepts[opens ? 'add' : 'delete']('fact:open-today');
      });
    }
    for (const box of boxes) if (/open-/.test(box.value)) box.closest('label').hidden = !cards.some((card) => isMatch(card, [['fact', [box.value]]])) && !box.checked;
    update();
  };

  near?.addEventListener('change', () => import('./near.js').then(({sortByDistance}) => sortByDistance(near, cards, words)).then(update));
  if (near && navigator.geolocation && isSecureContext) near.options[1].hidden = false;
  form.hidden = false;
  form.addEventListener('change', saveChoices);
  form.addEventListener('submit', (event) => { event.preventDefault(); form.querySelector('details').open = false; form.scrollIntoView(); });
  form.addEventListener('reset', (event) => { event.preventDefault(); uncheck(boxes); });
  addEventListener('hashchange', readChoices);
  document.addEventListener('open-now', updateOpenNow);
  keepFragment();
  readChoices();
  updateOpenNow();
};
