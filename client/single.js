// The search of a guide in one file: the engine reads its files from the page itself, and results lead to its sections.

import './exit.js';
import {openSearch} from './search/engine.js';
import './told.js';
import {words} from './told.js';
import {counted, element} from './words.js';

const tag = document.documentElement.lang, whole = JSON.parse(document.getElementById('whole').textContent), say = JSON.parse(document.getElementById('said').textContent);
const form = document.querySelector('.search'), input = form.querySelector('input'), found = document.getElementById('found');
const fetch = async (address) => {
  const text = whole[address.split('/search/')[1]];
  return {ok: text !== undefined, status: text === undefined ? 404 : 200, text: async () => text};
};
const search = openSearch({base: '/', language: tag, fetch});

const card = (hit) => element('article', {class: 'card'},
  element('h3', {class: 'card-title'}, element('a', {href: `#${tag}/partners/${hit.slug}/`}, element('bdi', {lang: hit.titleLanguage}, hit.title))),
  ...(hit.name ? [element('p', {class: 'card-name'}, element('bdi', {}, hit.name))] : []),
  element('p', {}, element('bdi', {lang: hit.summaryLanguage}, hit.summary)), element('p', {}, hit.towns.join(' · ')),
  ...hit.phones.map(([number, dial, note]) => element('p', {}, element('a', {class: 'phone', href: dial}, element('bdi', {dir: 'ltr'}, number)), ' ', element('bdi', {}, note))));

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = await search.search(input.value.trim(), {limit: 20});
  found.replaceChildren(element('p', {role: 'status', class: 'count'}, answer.total ? counted(words, answer.total) : say.nothing), ...answer.hits.map(card));
  found.hidden = false;
  found.scrollIntoView();
});
addEventListener('hashchange', () => { found.hidden = true; });
form.hidden = false;
