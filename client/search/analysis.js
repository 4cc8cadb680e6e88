// Splits text into terms. The twin of src/guidegen/search/analysis.py; both are tested with tests/search/analysis.json.

const MAX_TERM = 40;
const EQUAL = new Map(Object.entries({ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ء: ''}));
// Each group has a letter, then the letters that are taken for it.
for (const [letter, ...others] of 'dđð lł oø iı гґ σς ंँ وؤ اأإآٱ يىیئېۍێےۓ كکڪ هةۀہھۂە'.split(' ')) for (const other of others) EQUAL.set(other, letter);
const MARKS = /[\u0300-\u036f\u0483-\u0487]/g;
const SILENT = /[\u0300-\u036f\u0483-\u0487'’‘ʼʻ´`′ـ\u00ad\ufeff\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f]/;
const LONG_NUMBER = /\+?\p{Nd}(?:[ ().‐–/-]{0,3}\p{Nd}){6,14}(?!\p{Nd})/gu; // a phone number, however its digits are grouped
const ELISION = /(^|[^\p{L}])(?:[ldjnmtsc]|qu)['’ʼ](?=\p{L}{3})/gu;
const ARTICLE = /^(?:[وفبك]?ال|لل)(?=...)/u;
const CLUSTERS = {
  thai: /[\u0e40-\u0e44]?[\u0e01-\u0e2e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*[\u0e30\u0e32\u0e33\u0e45]?|./gu,
  lao: /[\u0ec0-\u0ec4]?[\u0e81-\u0eae\u0edc-\u0edf][\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]*[\u0eb0\u0eb2\u0eb3\u0ebd]?|./gu,
  khmer: /[\u1780-\u17b3](?:\u17d2[\u1780-\u17b3])*[\u17b4-\u17d1\u17d3\u17dd]*|./gu,
};
const SCRIPTS = [
  ['thai', 0xe00, 0xe7f], ['lao', 0xe80, 0xeff], ['burmese', 0x1000, 0x109f], ['khmer', 0x1780, 0x17ff], ['han', 0x3005, 0x3007],
  ['han', 0x3040, 0x30ff], ['han', 0x3400, 0x9fff], ['burmese', 0xa9e0, 0xa9ff], ['burmese', 0xaa60, 0xaa7f],
  ['han', 0xf900, 0xfaff], ['han', 0x20000, 0x3ffff],
];
const normalizedLetters = new Map();

const normalizeLetter = (letter) => {
  if (SILENT.test(letter)) return '';
  if (EQUAL.has(letter)) return EQUAL.get(letter);
  const code = letter.codePointAt(0);
  if (/\p{Nd}/u.test(letter)) return String((code & 15) - (code > 0x965 && code < 0xdf0 ? 6 : 0)); // the code points of Indic zeros end in 6
  if (code < 0x590 || (code >= 0x1e00 && code < 0x2000)) {
    return [...letter.normalize('NFD').replace(MARKS, '')].map((part) => EQUAL.get(part) ?? part).join('');
  }
  return letter;
};

/** Return the digits of a phone number without the country code 1. Up to eight digits with a space may be two numbers. */
const joinDigits = (number) => {
  const digits = number.match(/\p{Nd}/gu).join('');
  return digits.length < 9 && number.includes(' ') ? number : digits.replace(/^[1١۱](?=.{10}$)/, '');
};

/** Return text without what people leave out when they type. `pairs` maps traditional Chinese characters to simplified ones. */
const normalize = (text, pairs) => {
  let normalized = '';
  for (const letter of text.normalize('NFKC').replace(LONG_NUMBER, joinDigits).toLowerCase().replace(ELISION, '$1')) {
    if (!normalizedLetters.has(letter)) normalizedLetters.set(letter, normalizeLetter(letter));
    const plain = normalizedLetters.get(letter);
    normalized += pairs?.get(plain) ?? plain;
  }
  return normalized;
};

/** Return the kind of run that a letter is part of, which decides how to split the run. It is empty between words. */
export const runKind = (letter) => {
  if (letter >= '0' && letter <= '9') return 'digits';
  if (!/[\p{L}\p{M}]/u.test(letter)) return '';
  const code = letter.codePointAt(0);
  return code < 0xe00 ? 'word' : SCRIPTS.find(([, first, last]) => code >= first && code <= last)?.[0] ?? 'word';
};

/** Split Burmese letters into syllables. */
const splitSyllables = (letters) => {
  const parts = [];
  letters.forEach((letter, index) => {
    const next = letters[index + 1] === '\u1037' ? letters[index + 2] : letters[index + 1];
    const isBase = (letter >= '\u1000' && letter <= '\u102a') || letter === '\u103f';
    const isFirst = isBase && next !== '\u103a' && next !== '\u1039' && letters[index - 1] !== '\u1039';
    if (isFirst || !parts.length) parts.push(letter);
    else parts[parts.length - 1] += letter;
  });
  return parts;
};

const splitRun = (kind, letters) => {
  const run = letters.join('');
  if (kind === 'digits' || kind === 'word') return [[...run.replace(ARTICLE, '')].slice(0, MAX_TERM).join('')];
  const parts = kind === 'han' ? letters : kind === 'burmese' ? splitSyllables(letters) : run.match(CLUSTERS[kind]);
  return parts.length < 2 ? [run] : parts.slice(1).map((part, index) => parts[index] + part);
};

/** Return the terms of a text: words, numbers, and pairs of characters or syllables in scripts without spaces. */
export const tokenize = (text, pairs) => {
  const terms = [];
  let run = [];
  let currentKind = '';
  for (const letter of [...normalize(text, pairs), ' ']) {
    const kind = runKind(letter);
    if (kind !== currentKind) {
      if (currentKind) terms.push(...splitRun(currentKind, run));
      run = [];
      currentKind = kind;
    }
    run.push(letter);
  }
  return terms;
};
