// The elements and sentences that scripts add to a page.

/** Return the parts of a text with each {name} replaced by its value, a text or an element. */
export const fillTemplate = (text, values) => text.split(/\{(\w+)\}/).map((part, index) => index % 2 ? values[part] ?? '' : part).filter((part) => part !== '');

/** Return a text with each {name} replaced by its value, a text. */
export const fillText = (text, values) => fillTemplate(text, values).join('');

/** Return a count in words. `count` has the plural forms of the language, `plural` the form's index for each number below 200. */
export const formatCount = ({count, plural}, number) => fillText(count[plural[number < 200 ? number : 100 + number % 100]] ?? count.at(-1), {number});

export const language = document.documentElement.lang;

/** Return the URL of a file of the guide. This script is in its static/js. */
export const resolveUrl = (path) => new URL(`../../${path}`, import.meta.url);

/** Return the JSON of a script element of the page. */
export const readJson = (id) => JSON.parse(document.getElementById(id).textContent);

/** Return a date (UTC) as the page writes it: `dates` has a pattern for each month, `first` is how the first day is written. */
export const formatDate = (date, {dates, first}) => fillText(dates[date.getUTCMonth()], {day: date.getUTCDate() === 1 ? first : date.getUTCDate(), year: date.getUTCFullYear()});

export const createElement = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) element.setAttribute(key, value === true ? '' : value);
  element.append(...children);
  return element;
};

export const createButton = (label, onClick, attributes, ...children) => {
  const button = createElement('button', {type: 'button', class: 'button', ...attributes}, label, ...children);
  button.addEventListener('click', onClick);
  return button;
};

/** Return a list item with the name of a choice; a click removes the choice. `label` is the text for screen readers. */
export const createChip = (name, label, onClick) => createElement('li', {},
  createButton(name, onClick, {class: 'chip', 'aria-label': fillText(label, {name})}, createElement('span', {'aria-hidden': 'true'}, ' ×')));

/** Make the links to the page's other languages keep its URL fragment, which holds the reader's choices. */
export const keepFragment = () => document.addEventListener('click', ({target}) => {
  const link = target.closest('a[hreflang]');
  if (link) link.hash = location.hash;
});
