// The search box of every page: suggestions while one types. ARIA APG, "editable combobox with list autocomplete".
// Without this script the form leads to the search page. Nothing is fetched before the box is used.

import {element} from '../words.js';

const WAIT = 140, MOST = 6, language = document.documentElement.lang;

/** The engine of the guide, fetched once. */
let opened = null;
export const engineOf = ({dataset}) => {
  // the parts are named one by one, so that they come together and not one after the other
  opened ??= Promise.all(['engine', 'files', 'reader', 'analysis'].map((name) => import(new URL(`${dataset.search}${name}.js`, location)))).then(([{openSearch}]) => {
    const search = openSearch({base: new URL(dataset.base, location).href, language});
    search.prepare();
    return search;
  });
  opened.catch(() => { opened = null; });
  return opened;
};

const setUp = (form) => {
  const input = form.querySelector('input');
  const list = element('ul', {id: 'search-list', role: 'listbox', 'aria-label': form.querySelector('label').textContent, hidden: true});
  form.append(list);
  for (const [key, value] of Object.entries({role: 'combobox', 'aria-expanded': 'false', 'aria-controls': list.id, 'aria-autocomplete': 'list'})) input.setAttribute(key, value);
  let timer = 0, asked = 0, current = -1, composing = false;
  const options = () => [...list.querySelectorAll('[role=option]')];

  const close = () => {
    clearTimeout(timer);
    asked += 1; // an answer on its way comes too late
    input.removeAttribute('aria-busy');
    list.hidden = true;
    current = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };

  /** Marks one option as chosen; -1 is none. */
  const choose = (to) => {
    const all = options();
    current = to;
    all.forEach((option, place) => option.setAttribute('aria-selected', String(place === current)));
    if (current < 0) return input.removeAttribute('aria-activedescendant');
    input.setAttribute('aria-activedescendant', all[current].id);
    all[current].scrollIntoView({block: 'nearest'});
  };

  const group = (name, some) => some.length ? [element('li', {role: 'presentation'}, element('span', {id: `group-${name}`}, form.dataset[name]),
    element('ul', {role: 'group', 'aria-labelledby': `group-${name}`}, ...some))] : [];
  let made = 0;
  const option = (text, path, language, name) => element('li', {role: 'option', id: `option-${made += 1}`, 'aria-selected': 'false', 'data-path': path},
    element('bdi', {lang: language}, text), ...(name ? [' ', element('bdi', {class: 'more'}, name)] : []));

  const suggest = async (text) => {
    const mine = asked += 1;
    input.setAttribute('aria-busy', 'true');
    const search = await engineOf(form);
    const [answer, labels] = await Promise.all([search.search(text, {limit: 5}), search.labels()]);
    if (mine !== asked) return; // a later answer is on its way
    input.removeAttribute('aria-busy');
    const ofKind = (kind, folder, most) => answer.understood.filter((one) => one.kind === kind && labels.has(one.concept)).slice(0, most)
      .map((one) => option(labels.get(one.concept), `${language}/${folder}/${one.id}/`));
    const kinds = ofKind('type', 'services', 3), places = ofKind('area', 'areas', 1);
    const named = answer.hits.filter((hit) => hit.named).slice(0, MOST - kinds.length - places.length);
    const organizations = named.map((hit) => option(hit.title, `${language}/partners/${hit.slug}/`, hit.titleLanguage, hit.name));
    list.replaceChildren(...group('kinds', kinds), ...group('organizations', organizations), ...group('places', places));
    const some = options().length > 0;
    list.hidden = !some;
    current = -1;
    input.removeAttribute('aria-activedescendant');
    input.setAttribute('aria-expanded', String(some));
  };

  const typed = () => {
    clearTimeout(timer);
    choose(-1); // what was chosen belongs to the words before
    const text = input.value.trim();
    if (composing || navigator.connection?.saveData) return;
    if ([...text].length < (/\p{Script=Han}/u.test(text) ? 1 : 2)) return close();
    timer = setTimeout(() => suggest(text).catch(close), WAIT);
  };

  const follow = (chosen) => location.assign(new URL(`${chosen.dataset.path}index.html`, new URL(form.dataset.base, location)));

  input.addEventListener('focus', () => {
    if (!navigator.connection?.saveData) engineOf(form).catch(() => {});
    if (innerWidth < 640) form.scrollIntoView(); // a phone's keyboard covers the lower half
  });
  input.addEventListener('compositionstart', () => { composing = true; });
  input.addEventListener('compositionend', () => { composing = false; typed(); });
  input.addEventListener('input', typed);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const open = !list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const size = options().length;
      if (open) choose(event.key === 'ArrowDown' ? (current + 1) % size : (current > 0 ? current : size) - 1); else typed();
    } else if (event.key === 'Escape') {
      if (open) event.preventDefault(); // else the browser empties the field
      close();
    } else if (event.key === 'Enter' && open && current >= 0) {
      event.preventDefault();
      follow(options()[current]);
    }
  });
  list.addEventListener('pointerdown', (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener('click', (event) => { const chosen = event.target.closest('[role=option]'); if (chosen) follow(chosen); });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    close();
    const page = new URL(form.getAttribute('action'), location);
    page.hash = new URLSearchParams({q: input.value.trim()});
    if (page.href === location.href) dispatchEvent(new HashChangeEvent('hashchange')); else location.assign(page);
  });
};

document.querySelectorAll('form[data-search]').forEach(setUp);
