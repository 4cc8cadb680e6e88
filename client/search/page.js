// The results of the search page. The state is in the fragment of the address, which no server ever sees:
// #q=words&f=lang:es&f=fact:free (filters) &not=type:food (read otherwise) &literal=1 (spelling as typed)

import {engineOf} from './box.js';

const words = JSON.parse(document.getElementById('search-words').textContent);
const form = document.querySelector('form[data-search]'), input = form.querySelector('input');
const count = document.getElementById('search-count'), results = document.getElementById('search-results');
const everything = document.getElementById('search-all'), urgent = document.getElementById('search-urgent');
const language = document.documentElement.lang, root = new URL(form.dataset.base, location);
const PAGE = 10, GROUPS = [['kinds', 'type', 6], ['places', 'area', 8], ['languages', 'lang', 8], ['facts', 'fact', 10]];
let limit = PAGE, asked = 0, telling = 0;

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value === true ? '' : value);
  made.append(...children);
  return made;
};
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
const counted = (number) => filled(words.count[words.plural[number < 200 ? number : 100 + number % 100]] ?? words.count.at(-1), {number});
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
const told = (text, tag, name = 'span', attributes = {}) => {
  const made = element(name, {...attributes, lang: tag, dir: tag && 'auto'}, ...marked(text));
  return tag && tag !== language ? [made, ' ', element('small', {class: 'label'}, languageName(tag))] : [made];
};
let terms = [];
let fold = null, cut = null;
const marked = (text) => {
  if (!terms.length || !fold) return [text];
  return text.split(/([\p{L}\p{M}\p{N}'’]+)/u).map((part, place) => place % 2 && cut(part).some((term) => terms.includes(term)) ? element('mark', {}, part) : part);
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
  filled(words.corrected, {word: answer.corrected.map((one) => one.read).join(' ')}), ' ',
  (() => {
    const link = element('a', {href: '#'}, filled(words.literal, {word: now.q}));
    link.addEventListener('click', (event) => { event.preventDefault(); go({literal: true}); });
    return link;
  })())] : [];

const filters = (answer, labels, now) => {
  const groups = GROUPS.map(([word, kind, most]) => {
    const some = Object.entries(answer.counts ?? {}).filter(([concept, number]) => concept.startsWith(`${kind}:`) && labels.has(concept) && (number < answer.total || now.filters.includes(concept)));
    some.sort((a, b) => now.filters.includes(b[0]) - now.filters.includes(a[0]) || b[1] - a[1]);
    if (!some.length) return null;
    return element('fieldset', {}, element('legend', {}, words[word]), ...some.slice(0, most).map(([concept, number]) => {
      const box = element('input', {type: 'checkbox', checked: now.filters.includes(concept)});
      box.addEventListener('change', () => go({filters: box.checked ? [...now.filters, concept] : now.filters.filter((one) => one !== concept)}));
      return element('label', {class: 'filter'}, box, ` ${labels.get(concept)} `, element('span', {class: 'count'}, `(${number})`));
    }));
  }).filter(Boolean);
  return groups.length ? [element('details', {class: 'filters', open: now.filters.length > 0 || results.querySelector('.filters')?.open}, element('summary', {}, words.filters), ...groups)] : [];
};

const card = (hit, labels) => {
  const link = element('a', {href: new URL(`${language}/partners/${hit.slug}/index.html`, root).href}, ...told(hit.title, hit.titleLanguage));
  const listed = (kind, most) => hit.concepts.filter((one) => one.startsWith(`${kind}:`) && labels.has(one)).slice(0, most).map((one) => labels.get(one)).join(' · ');
  const facts = [listed('type', 4), hit.towns.join(' · '), listed('lang', 8), listed('fact', 6)].filter(Boolean);
  const phone = hit.phone ? [element('li', {}, element('a', {class: 'phone', href: `tel:${hit.phone.replace(/[^0-9+]/g, '')}`},
    element('span', {class: 'kind'}, words.call), ' ', element('bdi', {dir: 'ltr'}, hit.phone)))] : [];
  return element('li', {}, element('article', {class: 'card'},
    element('h3', {class: 'card-title'}, link),
    ...(hit.name ? [element('p', {class: 'card-name', dir: 'auto'}, ...marked(hit.name))] : []),
    element('p', {}, ...told(hit.summary, hit.summaryLanguage)),
    element('ul', {class: 'facts'}, ...facts.map((text) => element('li', {dir: 'auto'}, text)), ...phone)));
};

const show = async () => {
  const now = state(), mine = asked += 1;
  if (input.value.trim() !== now.q) input.value = now.q;
  const idle = !now.q && !now.filters.length;
  everything.hidden = false;
  for (const answer of document.querySelectorAll('[data-answer]')) answer.hidden = true;
  if (urgent) urgent.hidden = true;
  if (idle) {
    results.hidden = true;
    count.textContent = '';
    return;
  }
  results.setAttribute('aria-busy', 'true');
  const engine = await engineOf(form).catch(() => null);
  const asking = {filters: {concepts: now.filters}, not: now.not, literal: now.literal, limit, counts: true};
  const [answer, labels, analysis] = engine ? await Promise.all([engine.search(now.q, asking), engine.labels(), import('./analysis.js')]) : [{problem: true}, new Map(), null];
  if (mine !== asked) return; // a later answer is on its way
  results.removeAttribute('aria-busy');
  ({fold, cut} = analysis ?? {});
  terms = answer.terms ?? [];
  const told = answer.problem ? words.broken : answer.total ? counted(answer.total) : words.nothing;
  clearTimeout(telling);
  telling = setTimeout(() => { count.textContent = told; }, count.textContent ? 1000 : 0);
  results.hidden = Boolean(answer.problem);
  everything.hidden = answer.total > 0;
  const asksUrgently = answer.understood?.some((one) => one.kind === 'need' || (one.kind === 'type' && one.share === 1 && words.sensitive.includes(one.id)));
  if (urgent) urgent.hidden = !asksUrgently;
  for (const one of answer.understood ?? []) if (one.kind === 'answer') document.querySelector(`[data-answer="${one.id}"]`)?.removeAttribute('hidden');
  const more = element('button', {type: 'button', class: 'button'}, words.more);
  more.addEventListener('click', async () => {
    const first = limit;
    limit += PAGE;
    await show();
    results.querySelectorAll('.card a')[first]?.focus();
  });
  results.replaceChildren(
    element('h2', {class: 'visually-hidden'}, results.getAttribute('aria-label')), ...spelling(answer, now), ...chips(answer, labels), ...filters(answer, labels, now),
    ...(answer.total ? [element('ul', {class: 'cards results'}, ...answer.hits.map((hit) => card(hit, labels)))] : [element('p', {class: 'status'}, words.try)]),
    ...(answer.total > answer.hits.length ? [more] : []));
};

addEventListener('hashchange', () => { limit = PAGE; show(); });
if (location.hash.length > 1) show();
