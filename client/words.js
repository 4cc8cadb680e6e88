// Sentences of the interface, filled by scripts.

/** The parts of a text with its {places} filled, with texts or elements. */
export const filled = (text, values) => text.split(/\{(\w+)\}/).map((part, place) => place % 2 ? values[part] ?? '' : part).filter((part) => part !== '');

/** How many, in the plural form of the language: {count: forms, plural: the form of each number below 200}. */
export const counted = ({count, plural}, number) => filled(count[plural[number < 200 ? number : 100 + number % 100]] ?? count.at(-1), {number}).join('');

/** The folder of the guide, from the address of this script, which is in its static/js. */
export const rootOf = () => new URL('../../', import.meta.url);

export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value === true ? '' : value);
  made.append(...children);
  return made;
};

export const button = (text, act, attributes) => {
  const made = element('button', {type: 'button', class: 'button', ...attributes}, text);
  made.addEventListener('click', act);
  return made;
};
