// The scripts of the guide in one file. Its search reads the index from the page itself, and results link to its sections.

import './quick-exit.js'; // first, so that nothing that fails can stop it
import {createElement, formatCount, language, readJson} from './elements.js';
import {words as pageWords} from './freshness.js';
import {openSearch} from './search/engine.js';

const index = readJson('whole'), words = readJson('said');
const form = document.querySelector('.search'), input = form.querySelector('input'), results = document.getElementById('found');
/** A replacement for fetch() that reads the files of the index. */
const fetch = async (address) => {
  const text = index[address.split('/search/')[1]];
  return {ok: text !== undefined, status: text === undefined ? 404 : 200, text: async () => text};
};
const search = openSearch({base: '/', language, fetch});

const createCard = (hit) => createElement('article', {class: 'card'},
  createElement('h3', {class: 'card-title'}, createElement('a', {href: `#${language}/partners/${hit.slug}/`}, createElement('bdi', {lang: hit.titleLanguage}, hit.title))),
  ...(hit.name ? [createElement('p', {class: 'card-name'}, createElement('bdi', {}, hit.name))] : []),
  createElement('p', {}, createElement('bdi', {lang: hit.summaryLanguage}, hit.summary)), createElement('p', {}, hit.towns.join(' · ')),
  ...hit.phones.map(([number, dial, note]) => createElement('p', {}, createElement('a', {class: 'phone', href: dial}, createElement('bdi', {dir: 'ltr'}, number)), ' ', createElement('bdi', {}, note))));

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const answer = await search.search(input.value.trim(), {limit: 20});
  results.replaceChildren(createElement('p', {role: 'status', class: 'count'}, answer.total ? formatCount(pageWords, answer.total) : words.nothing), ...answer.hits.map(createCard));
  results.hidden = false;
  results.scrollIntoView();
});
addEventListener('hashchange', () => { results.hidden = true; });
form.hidden = false;
