// Sentences of the interface, filled by scripts.

/** The parts of a text with its {places} filled, with texts or elements. */
export const filled = (text, values) => text.split(/\{(\w+)\}/).map((part, place) => place % 2 ? values[part] ?? '' : part).filter((part) => part !== '');

/** How many, in the plural form of the language: {count: forms, plural: the form of each number below 200}. */
export const counted = ({count, plural}, number) => filled(count[plural[number < 200 ? number : 100 + number % 100]] ?? count.at(-1), {number}).join('');
