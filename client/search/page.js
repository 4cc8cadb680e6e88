// The results of the search page. The query and its options are in the URL fragment, which no server sees:
// #q=words&f=lang:es&f=fact:free (filters) &not=type:food (concepts to ignore) &literal=1 (no spelling corrections)

import {createButton, createChip, createElement, fillText, formatCount, keepFragment, language, readJson, resolveUrl} from '../elements.js';
import {loadEngine} from './box.js';

const words = readJson('search-words');
const form = document.querySelector('form[data-search]'), input = form.querySelector('input');
const count = document.getElementById('search-count'), results = document.getElementById('search-results');
const hint = document.querySelector('.search-hint'), browseAll = document.getElementById('search-all'), urgent = document.getElementById('search-urgent');
const PAGE = 10, GROUPS = [['kinds', 'type', 4], ['places', 'area', 6], ['languages', 'lang', 6], ['facts', 'fact', 8]];
const MAIN_FACTS = ['fact:free', 'fact:no-photo-id', 'fact:walk-in', 'fact:evening', 'fact:sliding-scale'], MAX_FACTS = 3, MAX_LANGUAGES = 4;
let limit = PAGE, lastRequest = 0, timer = 0, filterToFocus = '';

const nameLanguage = (tag) => {
  try { return new Intl.DisplayNames([language], {type: 'language'}).of(tag); } catch { return tag; }
};

const readState = () => {
  const params = new URLSearchParams(location.hash.slice(1));
  return {q: params.get('q') ?? '', filters: params.getAll('f'), not: params.getAll('not'), literal: params.has('literal')};
};
const changeState = (changes) => {
  const state = {...readState(), ...changes};
  const hash = new URLSearchParams({q: state.q});
  state.filters.forEach((concept) => hash.append('f', concept));
  state.not.forEach((concept) => hash.append('not', concept));
  if (state.literal) hash.append('literal', '1');
  location.hash = hash;
};

/** Return a text, marked as being in its language, with the language's name if it is not that of the page. */
const localize = (text, tag, parts = [text]) => {
  const element = createElement(tag ? 'bdi' : 'span', {lang: tag}, ...parts);
  return tag && tag !== language ? [element, ' ', createElement('small', {class: 'label'}, nameLanguage(tag))] : [element];
};

let terms = [], tokenize = null;
/** Highlight the distinctive words of the query in a text. Chinese is highlighted in pairs of characters. */
const highlight = (text) => {
  if (!terms.length || !tokenize) return [text];
  const mark = (part) => createElement('mark', {}, part);
  return text.split(/(\p{Script=Han}+)|([\p{L}\p{M}\p{N}'’]+)/u).filter(Boolean).flatMap((part) => {
    if (!/^\p{Script=Han}/u.test(part)) return tokenize(part).some((term) => terms.includes(term)) ? [mark(part)] : [part];
    const letters = [...part];
    return letters.map((letter, index) => [index - 1, index].some((first) => terms.includes(tokenize(letters.slice(Math.max(0, first), first + 2).join(''))[0])) ? mark(letter) : letter);
  });
};

const createChips = (answer, labels) => {
  const chips = answer.understood.filter((match) => labels.has(match.concept) && match.strength >= 0.5).map((match) => createChip(labels.get(match.concept), words.remove, () => {
    input.focus();
    changeState({not: [...readState().not, match.concept]});
  }));
  return chips.length ? [createElement('p', {class: 'search-read'}, words.understood), createElement('ul', {class: 'chips'}, ...chips)] : [];
};

const createCorrection = (answer, state) => {
  if (!answer.corrected.length || state.literal) return [];
  const link = createElement('a', {href: '#'}, fillText(words.literal, {word: state.q}));
  link.addEventListener('click', (event) => { event.preventDefault(); input.focus(); changeState({literal: true}); });
  const word = answer.terms.map((term) => answer.corrected.find((correction) => correction.typed === term)?.read ?? term).join(' ');
  return [createElement('p', {class: 'search-read'}, fillText(words.corrected, {word}), ' ', link)];
};

const createFilters = (answer, labels, state) => {
  const isChosen = (concept) => state.filters.includes(concept);
  const counts = {...answer.counts};
  for (const concept of state.filters) counts[concept] ??= 0;
  const groups = GROUPS.map(([heading, kind, maxFilters]) => {
    const options = Object.entries(counts).filter(([concept, number]) => concept.startsWith(`${kind}:`) && labels.has(concept) && (number < answer.total || isChosen(concept)));
    options.sort((a, b) => isChosen(b[0]) - isChosen(a[0]) || b[1] - a[1]);
    return options.length && createElement('fieldset', {}, createElement('legend', {}, words[heading]), ...options.slice(0, maxFilters).map(([concept, number]) => {
      const box = createElement('input', {type: 'checkbox', value: concept, checked: isChosen(concept)});
      box.addEventListener('change', () => { filterToFocus = concept; changeState({q: input.value.trim(), filters: box.checked ? [...state.filters, concept] : state.filters.filter((other) => other !== concept)}); });
      return createElement('label', {class: 'filter'}, box, ` ${labels.get(concept)} `, createElement('span', {class: 'count'}, `(${number})`));
    }));
  }).filter(Boolean);
  return groups.length ? [createElement('details', {class: 'filters', open: state.filters.length > 0 || results.querySelector('.filters')?.open}, createElement('summary', {}, words.filters), ...groups)] : [];
};

/** Return a line that says which words of the query are in a text below the card's summary, if its facts do not explain them. */
const createMentions = (hit, {understood, terms, spellings}) => {
  const shown = tokenize(`${hit.title} ${hit.name} ${hit.summary}`);
  const explained = understood.filter((match) => hit.concepts.includes(match.concept)).flatMap((match) => match.places);
  // A word without spaces has several terms: it is said if all of them are.
  const isSaid = (word) => spellings.every((other, place) => other !== word || hit.places.includes(place));
  const others = [...new Set(hit.places.filter((place) => !explained.includes(place) && !shown.includes(terms[place])).map((place) => spellings[place]))].filter((word) => word && isSaid(word));
  return others.length ? [createElement('p', {class: 'more'}, fillText(words.mentions, {words: others.join(', ')}))] : [];
};

/** Say which kind of help nobody offers, before those who say the words of the query. */
const createMissing = ({missing: [match], total}, labels) => total && labels.has(match?.concept) ? [createElement('p', {class: 'more'}, fillText(words.missing, {kind: labels.get(match.concept)}))] : [];

const createArticles = (articles) => articles.length ? [createElement('h2', {}, words.articles), ...articles.map((hit) => createElement('p', {},
  createElement('a', {href: resolveUrl(`${hit.titleLanguage || language}/spotlights/${hit.slug}/index.html`)}, ...localize(hit.title, hit.titleLanguage))))] : [];

const createCard = (hit, labels, answer) => {
  const queryConcepts = answer.understood.map((match) => match.concept);
  const link = createElement('a', {href: resolveUrl(`${language}/partners/${hit.slug}/index.html`)}, ...localize(hit.title, hit.titleLanguage));
  // Show what the query asks for first, then what matters to most readers. The profile has the rest.
  const choose = (kind, others) => [...new Set([...queryConcepts, ...others])].filter((concept) => concept.startsWith(`${kind}:`) && hit.concepts.includes(concept) && labels.has(concept));
  const join = (concepts) => concepts.map((concept) => labels.get(concept)).join(' · ');
  const spoken = choose('lang', [`lang:${language.split('-')[0]}`, ...hit.concepts]);
  const rest = spoken.length > MAX_LANGUAGES ? ` +${spoken.length - MAX_LANGUAGES}` : '';
  const facts = [hit.towns.join(' · '), join(choose('fact', MAIN_FACTS).slice(0, MAX_FACTS)), join(spoken.slice(0, MAX_LANGUAGES)) + rest].filter(Boolean);
  const phones = hit.phones.map(([number, dial, note]) => createElement('li', {}, createElement('a', {class: 'phone', href: dial}, createElement('bdi', {dir: 'ltr'}, number)),
    ' ', createElement('span', {class: 'more'}, createElement('bdi', {}, note))));
  return createElement('li', {}, createElement('article', {class: 'card'},
    createElement('h3', {class: 'card-title'}, link),
    ...(hit.name ? [createElement('p', {class: 'card-name'}, createElement('bdi', {}, ...highlight(hit.name)))] : []),
    ...(hit.status ? [createElement('p', {class: 'status'}, words[hit.status] ?? '')] : []),
    createElement('p', {}, ...localize(hit.summary, hit.summaryLanguage, highlight(hit.summary))),
    ...createMentions(hit, answer),
    createElement('ul', {class: 'facts'}, ...facts.map((text) => createElement('li', {}, createElement('bdi', {}, text))), ...phones)));
};

/** Show the phone numbers for an urgent need and the pinned answers above everything else; hide those of another query. */
const showUrgent = ({understood = []}) => {
  const types = new Set(understood.flatMap((match) => match.kind === 'need' ? words.needs[match.id]?.slice(0, 1) ?? [] : match.kind === 'type' && match.share === 1 ? [match.id] : []));
  const needs = understood.filter((match) => match.kind === 'need').map((match) => match.id);
  let isUrgent = false;
  for (const item of urgent?.querySelectorAll('[data-types]') ?? []) {
    const meetsNeed = item.dataset.needs?.split(' ').some((need) => needs.includes(need));
    item.hidden = !meetsNeed && !item.dataset.types.split(' ').some((type) => types.has(type));
    isUrgent ||= !item.hidden;
    if (meetsNeed) item.parentNode.prepend(item); // the number for just this need comes first
  }
  if (urgent) urgent.hidden = !isUrgent;
  const exit = document.querySelector('.exit');
  if (exit) exit.hidden = !isUrgent;
  for (const note of document.querySelectorAll('[data-answer]')) note.hidden = !understood.some((match) => match.concept === note.dataset.answer);
  const kind = understood.find((match) => match.kind === 'type' && match.share === 1), nearest = document.getElementById('nearest');
  if (kind && nearest.hasAttribute('data-lists')) nearest.href = resolveUrl(`${language}/services/${kind.id}/index.html#narrow`);
};

const update = async () => {
  const state = readState(), request = lastRequest += 1;
  if (input.value.trim() !== state.q) input.value = state.q;
  const isIdle = !state.q && !state.filters.length;
  browseAll.hidden = false;
  showUrgent({});
  hint.hidden = !isIdle;
  if (isIdle) {
    results.removeAttribute('aria-busy');
    results.hidden = true;
    count.textContent = '';
    return;
  }
  results.setAttribute('aria-busy', 'true');
  clearTimeout(timer);
  timer = setTimeout(() => { count.textContent = words.searching; }, 300);
  const engine = await loadEngine().catch(() => null);
  const options = {filters: state.filters, not: state.not, literal: state.literal, limit, counts: true};
  const [answer, labels] = engine ? await Promise.all([engine.search(state.q, options), engine.labels()]) : [{problem: true}];
  if (request !== lastRequest) return;
  results.removeAttribute('aria-busy');
  clearTimeout(timer);
  count.textContent = answer.problem ? words.broken : answer.total ? formatCount(words, answer.total) : words.nothing;
  results.hidden = Boolean(answer.problem);
  browseAll.hidden = answer.total > 0;
  showUrgent(answer);
  if (answer.problem) return;
  tokenize = engine.tokenize;
  terms = answer.terms.filter((term) => term.length > 3 || /\P{Script=Latin}/u.test(term));
  const more = createButton(words.more, async () => {
    const first = limit;
    limit += PAGE;
    await update();
    results.querySelectorAll('.card-title a')[first]?.focus();
  });
  results.replaceChildren(
    createElement('h2', {class: 'visually-hidden'}, results.getAttribute('aria-label')), ...createCorrection(answer, state), ...createChips(answer, labels), ...createMissing(answer, labels), ...createFilters(answer, labels, state),
    ...(answer.total ? [createElement('ul', {class: 'cards results'}, ...answer.hits.map((hit) => createCard(hit, labels, answer)))] : [createElement('p', {class: 'status'}, words.try)]),
    ...(answer.total > answer.hits.length ? [more] : []), ...createArticles(answer.articles));
  if (filterToFocus) [...results.querySelectorAll('.filter input')].find((box) => box.value === filterToFocus)?.focus();
  filterToFocus = '';
};

keepFragment();
addEventListener('hashchange', () => {
  if (location.hash && !/[#&](q|f)=/.test(location.hash)) return; // the skip link
  limit = PAGE;
  update();
});
if (location.hash.length > 1) update();
