// The results of the search page. The state is in the fragment of the address, which no server ever sees:
// #q=words&f=lang:es&f=fact:free (filters) &not=type:food (read otherwise) &literal=1 (spelling as typed)

import {counted as countedIn, element, filled as parts} from '../words.js';
import {engineOf} from './box.js';

const words = JSON.parse(document.getElementById('search-words').textContent);
const form = document.querySelector('form[data-search]'), input = form.querySelector('input');
const count = document.getElementById('search-count'), results = document.getElementById('search-results');
const hint = document.querySelector('.search-hint'), everything = document.getElementById('search-all'), urgent = document.getElementById('search-urgent');
const language = document.documentElement.lang, root = new URL(form.dataset.base, location);
const PAGE = 10, GROUPS = [['kinds', 'type', 4], ['places', 'area', 6], ['languages', 'lang', 6], ['facts', 'fact', 8]];
const MATTERS = ['fact:free', 'fact:no-photo-id', 'fact:walk-in', 'fact:evening', 'fact:sliding-scale'], MOST_FACTS = 3, MOST_LANGUAGES = 4;
let limit = PAGE, asked = 0, telling = 0, refocus = '';

const counted = (number) => countedIn(words, number), filled = (text, values) => parts(text, values).join('');
const names = new Map();
const languageName = (tag) => {
  if (!names.has(tag)) { try { names.set(tag, new Intl.DisplayNames([language], {type: 'language'}).of(tag)); } catch { names.set(tag, tag); } }
  return names.get(tag);
};

const state = () => {
  const read = new URLSearchParams(location.hash.slice(1));
  return {q: read.get('q') ?? '', filters: read.getAll('f'), not: read.getAll('not'), literal: read.has('literal')};
};
const go = (changes) => {
  const next = {...state(), ...changes};
  const hash = new URLSearchParams({q: next.q});
  next.filters.forEach((one) => hash.append('f', one));
  next.not.forEach((one) => hash.append('not', one));
  if (next.literal) hash.append('literal', '1');
  location.hash = hash;
};

/** A text in another language says so to screen readers, and to everybody else in a word. */
const told = (text, tag, parts = [text]) => {
  const made = element(tag ? 'bdi' : 'span', {lang: tag}, ...parts);
  return tag && tag !== language ? [made, ' ', element('small', {class: 'label'}, languageName(tag))] : [made];
};
/** The words of the query that tell something, marked where they stand; unspaced scripts pair by pair. */
let terms = [], cut = null;
const marked = (text) => {
  if (!terms.length || !cut) return [text];
  return text.split(/(\p{Script=Han}+)|([\p{L}\p{M}\p{N}'’]+)/u).filter(Boolean).flatMap((part) => {
    if (!/^\p{Script=Han}/u.test(part)) return cut(part).some((term) => terms.includes(term)) ? [element('mark', {}, part)] : [part];
    const letters = [...part], hit = letters.map((letter, place) => [place - 1, place].some((first) => terms.includes(cut(letters.slice(Math.max(0, first), first + 2).join(''))[0])));
    return letters.map((letter, place) => hit[place] ? element('mark', {}, letter) : letter);
  });
};

const chips = (answer, labels) => {
  const shown = answer.understood.filter((one) => labels.has(one.concept));
  if (!shown.length) return [];
  const list = shown.map((one) => {
    const name = labels.get(one.concept);
    const button = element('button', {type: 'button', class: 'chip', 'aria-label': filled(words.remove, {name})}, name, element('span', {'aria-hidden': 'true'}, ' ×'));
    button.addEventListener('click', () => { input.focus(); go({not: [...state().not, one.concept]}); });
    return element('li', {}, button);
  });
  return [element('p', {class: 'search-read'}, words.understood), element('ul', {class: 'chips'}, ...list)];
};

const spelling = (answer, now) => answer.corrected?.length && !now.literal ? [element('p', {class: 'search-read'},
  filled(words.corrected, {word: answer.terms.map((term) => answer.corrected.find((one) => one.typed === term)?.read ?? term).join(' ')}), ' ',
  (() => {
    const link = element('a', {href: '#'}, filled(words.literal, {word: now.q}));
    link.addEventListener('click', (event) => { event.preventDefault(); input.focus(); go({literal: true}); });
    return link;
  })())] : [];

const filters = (answer, labels, now) => {
  const groups = GROUPS.map(([word, kind, most]) => {
    const some = Object.entries(answer.counts ?? {}).filter(([concept, number]) => concept.startsWith(`${kind}:`) && labels.has(concept) && (number < answer.total || now.filters.includes(concept)));
    for (const one of now.filters) if (one.startsWith(`${kind}:`) && labels.has(one) && !some.some(([concept]) => concept === one)) some.push([one, 0]);
    some.sort((a, b) => now.filters.includes(b[0]) - now.filters.includes(a[0]) || b[1] - a[1]);
    if (!some.length) return null;
    return element('fieldset', {}, element('legend', {}, words[word]), ...some.slice(0, most).map(([concept, number]) => {
      const box = element('input', {type: 'checkbox', value: concept, checked: now.filters.includes(concept)});
      box.addEventListener('change', () => { refocus = concept; go({q: input.value.trim(), filters: box.checked ? [...now.filters, concept] : now.filters.filter((one) => one !== concept)}); });
      return element('label', {class: 'filter'}, box, ` ${labels.get(concept)} `, element('span', {class: 'count'}, `(${number})`));
    }));
  }).filter(Boolean);
  return groups.length ? [element('details', {class: 'filters', open: now.filters.length > 0 || results.querySelector('.filters')?.open}, element('summary', {}, words.filters), ...groups)] : [];
};

const card = (hit, labels, asked) => {
  const link = element('a', {href: new URL(`${language}/partners/${hit.slug}/index.html`, root).href}, ...told(hit.title, hit.titleLanguage));
  // what was asked for comes first, then what matters to most; the profile has the rest
  const own = (kind, first) => [...new Set([...asked, ...first])].filter((one) => one.startsWith(`${kind}:`) && hit.concepts.includes(one) && labels.has(one));
  const line = (some) => some.map((one) => labels.get(one)).join(' · ');
  const spoken = own('lang', [`lang:${language.split('-')[0]}`, ...hit.concepts]);
  const rest = spoken.length > MOST_LANGUAGES ? ` +${spoken.length - MOST_LANGUAGES}` : '';
  const facts = [hit.towns.join(' · '), line(own('fact', MATTERS).slice(0, MOST_FACTS)), line(spoken.slice(0, MOST_LANGUAGES)) + rest].filter(Boolean);
  const phones = hit.phones.map(([number, dial, note]) => element('li', {}, element('a', {class: 'phone', href: dial}, element('bdi', {dir: 'ltr'}, number)),
    ' ', element('span', {class: 'more'}, element('bdi', {}, note))));
  return element('li', {}, element('article', {class: 'card'},
    element('h3', {class: 'card-title'}, link),
    ...(hit.name ? [element('p', {class: 'card-name'}, element('bdi', {}, ...marked(hit.name)))] : []),
    ...(hit.status ? [element('p', {class: 'status'}, words[hit.status] ?? '')] : []),
    element('p', {}, ...told(hit.summary, hit.summaryLanguage, marked(hit.summary))),
    element('ul', {class: 'facts'}, ...facts.map((text) => element('li', {}, element('bdi', {}, text))), ...phones)));
};

/** The numbers that answer an urgent need, before everything else. */
const urge = (answer) => {
  const types = new Set((answer.understood ?? []).flatMap((one) => one.kind === 'need' ? words.needs[one.id]?.slice(0, 1) ?? [] : one.kind === 'type' && one.share === 1 ? [one.id] : []));
  let some = false;
  for (const item of urgent?.querySelectorAll('[data-types]') ?? []) {
    item.hidden = !item.dataset.types.split(' ').some((type) => types.has(type));
    some ||= !item.hidden;
  }
  if (urgent) urgent.hidden = !some;
  const exit = document.querySelector('.exit');
  if (exit) exit.hidden = !some;
  for (const one of document.querySelectorAll('[data-answer]')) one.hidden = !answer.understood?.some(({concept}) => concept === `answer:${one.dataset.answer}`);
};

const show = async () => {
  const now = state(), mine = asked += 1;
  if (input.value.trim() !== now.q) input.value = now.q;
  const idle = !now.q && !now.filters.length;
  everything.hidden = false;
  urge({});
  hint.hidden = !idle;
  if (idle) {
    results.removeAttribute('aria-busy');
    results.hidden = true;
    count.textContent = '';
    return;
  }
  results.setAttribute('aria-busy', 'true');
  clearTimeout(telling);
  telling = setTimeout(() => { count.textContent = words.searching; }, 300);
  const engine = await engineOf(form).catch(() => null);
  const asking = {filters: {concepts: now.filters}, not: now.not, literal: now.literal, limit, counts: true};
  const [answer, labels, analysis] = engine ? await Promise.all([engine.search(now.q, asking), engine.labels(), import('./analysis.js')]) : [{problem: true, understood: [], hits: []}, new Map(), null];
  if (mine !== asked) return; // a later answer is on its way
  results.removeAttribute('aria-busy');
  cut = analysis?.cut;
  terms = (answer.terms ?? []).filter((term) => term.length > 3 || /\P{Script=Latin}/u.test(term));
  const said = answer.problem ? words.broken : answer.total ? counted(answer.total) : words.nothing;
  clearTimeout(telling);
  count.textContent = said;
  results.hidden = Boolean(answer.problem);
  everything.hidden = answer.total > 0;
  urge(answer);
  const more = element('button', {type: 'button', class: 'button'}, words.more);
  more.addEventListener('click', async () => {
    const first = limit;
    limit += PAGE;
    await show();
    results.querySelectorAll('.card-title a')[first]?.focus();
  });
  results.replaceChildren(
    element('h2', {class: 'visually-hidden'}, results.getAttribute('aria-label')), ...spelling(answer, now), ...chips(answer, labels), ...filters(answer, labels, now),
    ...(answer.total ? [element('ul', {class: 'cards results'}, ...answer.hits.map((hit) => card(hit, labels, answer.understood.map((one) => one.concept))))] : [element('p', {class: 'status'}, words.try)]),
    ...(answer.total > answer.hits.length ? [more] : []));
  if (refocus) [...results.querySelectorAll('.filter input')].find((box) => box.value === refocus)?.focus();
  refocus = '';
};

// the same search in another language
document.addEventListener('click', ({target}) => {
  const link = target.closest('a[hreflang]');
  if (link) link.hash = location.hash;
});
addEventListener('hashchange', () => {
  if (location.hash && !/[#&](q|f)=/.test(location.hash)) return; // the skip link
  limit = PAGE;
  show();
});
if (location.hash.length > 1) show();
