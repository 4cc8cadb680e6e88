// The search box of every page, with suggestions as the reader types. It follows the "editable combobox with list
// autocomplete" of the ARIA Authoring Practices Guide. Without this script, the form leads to the search page.
// Nothing is fetched before the box is used.

import {createElement, language, resolveUrl} from '../elements.js';

const DELAY_MS = 140, MAX_OPTIONS = 6;

let engine = null;
/** Load the search engine once. */
export const loadEngine = () => {
  engine ??= import('./engine.js').then(({openSearch, tokenize}) => {
    const search = openSearch({base: resolveUrl('').href, language});
    search.prepare();
    return {...search, tokenize};
  });
  engine.catch(() => { engine = null; });
  return engine;
};

const setUp = (form) => {
  const input = form.querySelector('input');
  const list = createElement('ul', {id: 'search-list', role: 'listbox', 'aria-label': form.querySelector('label').textContent, hidden: true});
  form.append(list);
  for (const [key, value] of Object.entries({role: 'combobox', 'aria-expanded': 'false', 'aria-controls': list.id, 'aria-autocomplete': 'list'})) input.setAttribute(key, value);
  let timer = 0, lastRequest = 0, current = -1, isComposing = false;
  const getOptions = () => [...list.querySelectorAll('[role=option]')];

  const close = () => {
    clearTimeout(timer);
    lastRequest += 1; // ignore the answer of a search that is still running
    input.removeAttribute('aria-busy');
    list.hidden = true;
    highlight(-1);
    input.setAttribute('aria-expanded', 'false');
  };

  /** Highlight an option; -1 highlights none. */
  const highlight = (index) => {
    const options = getOptions();
    current = index;
    options.forEach((option, number) => option.setAttribute('aria-selected', String(number === current)));
    if (current < 0) return input.removeAttribute('aria-activedescendant');
    input.setAttribute('aria-activedescendant', options[current].id);
    options[current].scrollIntoView({block: 'nearest'});
  };

  const createGroup = (name, options) => options.length ? [createElement('li', {role: 'presentation'}, createElement('span', {id: `group-${name}`}, form.dataset[name]),
    createElement('ul', {role: 'group', 'aria-labelledby': `group-${name}`}, ...options))] : [];
  let optionCount = 0;
  const createOption = (text, path, tag, name) => createElement('li', {role: 'option', id: `option-${optionCount += 1}`, 'aria-selected': 'false', 'data-path': path},
    createElement('bdi', {lang: tag}, text), ...(name ? [' ', createElement('bdi', {class: 'more'}, name)] : []));

  const suggest = async (text) => {
    const request = lastRequest += 1;
    input.setAttribute('aria-busy', 'true');
    const search = await loadEngine();
    const [answer, labels] = await Promise.all([search.search(text, {limit: 5}), search.labels()]);
    if (request !== lastRequest) return;
    input.removeAttribute('aria-busy');
    const optionsOf = (kind, folder, limit) => answer.understood.filter((match) => match.kind === kind && labels.has(match.concept)).slice(0, limit)
      .map((match) => createOption(labels.get(match.concept), `${language}/${folder}/${match.id}/`));
    const kinds = optionsOf('type', 'services', 3), places = optionsOf('area', 'areas', 1);
    const organizations = answer.hits.filter((hit) => hit.named).slice(0, MAX_OPTIONS - kinds.length - places.length)
      .map((hit) => createOption(hit.title, `${language}/partners/${hit.slug}/`, hit.titleLanguage, hit.name));
    list.replaceChildren(...createGroup('kinds', kinds), ...createGroup('organizations', organizations), ...createGroup('places', places));
    const hasOptions = getOptions().length > 0;
    list.hidden = !hasOptions;
    highlight(-1);
    input.setAttribute('aria-expanded', String(hasOptions));
  };

  const handleInput = () => {
    clearTimeout(timer);
    highlight(-1); // the highlighted option answered the previous text
    const text = input.value.trim();
    if (isComposing || navigator.connection?.saveData) return;
    if ([...text].length < (/\p{Script=Han}/u.test(text) ? 1 : 2)) return close();
    timer = setTimeout(() => suggest(text).catch(close), DELAY_MS);
  };

  const follow = (option) => location.assign(resolveUrl(`${option.dataset.path}index.html`));

  input.addEventListener('focus', () => {
    if (!navigator.connection?.saveData) loadEngine().catch(() => {});
    if (innerWidth < 640) form.scrollIntoView(); // a phone's keyboard covers the lower half
  });
  input.addEventListener('compositionstart', () => { isComposing = true; });
  input.addEventListener('compositionend', () => { isComposing = false; handleInput(); });
  input.addEventListener('input', handleInput);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const isOpen = !list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const size = getOptions().length;
      if (isOpen) highlight(event.key === 'ArrowDown' ? (current + 1) % size : (current > 0 ? current : size) - 1); else handleInput();
    } else if (event.key === 'Escape') {
      if (isOpen) event.preventDefault(); // else the browser clears the field
      close();
    } else if (event.key === 'Enter' && isOpen && current >= 0) {
      event.preventDefault();
      follow(getOptions()[current]);
    }
  });
  list.addEventListener('pointerdown', (event) => event.preventDefault()); // keep the focus in the field
  list.addEventListener('click', (event) => { const option = event.target.closest('[role=option]'); if (option) follow(option); });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    close();
    const page = new URL(form.getAttribute('action'), location);
    page.hash = new URLSearchParams({q: input.value.trim()});
    if (page.href === location.href) dispatchEvent(new HashChangeEvent('hashchange')); else location.assign(page);
  });
};

document.querySelectorAll('form[data-search]').forEach(setUp);
