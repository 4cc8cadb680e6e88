// Fetches the files of the index, each once, and parses them. Their format is described in docs/developers/search.md

import {tokenize} from './analysis.js';

const WEIGHTS = {'~': 0.25, '-': 0.6};

/** Decode rising numbers from their differences in base 48. The digits above 47 are higher-order, in base 16. */
const decodeDifferences = (text = '') => {
  const numbers = [];
  let number = 0, high = 0;
  for (const letter of text) {
    const digit = letter.codePointAt() - 48;
    if (digit < 48) { numbers.push(number += high * 48 + digit); high = 0; } else high = high * 16 + digit - 48;
  }
  return numbers;
};

/** Decode sorted texts. Each line has the number of letters in common with the text before, then the rest. */
const decodeSorted = (lines) => {
  let text = '';
  return lines.filter(Boolean).map((line) => text = text.slice(0, parseInt(line[0], 36)) + line.slice(1));
};

/** Parse the words of a script. The first line has pairs of a traditional Chinese character and its simplified form. */
const parseVocabulary = ([line, ...lines]) => {
  const words = decodeSorted(lines), pairs = new Map();
  const letters = [...line];
  for (let index = 0; index < letters.length; index += 2) pairs.set(letters[index], letters[index + 1]);
  return {words, known: new Set(words), pairs, guesses: new Map()};
};

const PARSERS = {
  start: (text) => {
    const [first, ...rest] = text.split('\n');
    const meta = JSON.parse(first);
    return {...meta, shards: decodeSorted(meta.shards.split('\n')), vocabulary: parseVocabulary(rest)};
  },
  vocabulary: (text) => ({vocabulary: parseVocabulary(text.split('\n'))}),
  labels: (text) => ({labels: new Map(text.split('\n').filter(Boolean).map((line) => line.split('\t')))}),
  terms: (text) => {
    const [generation, ...lines] = text.split('\n');
    return {generation, lines: new Map(lines.filter(Boolean).map((line) => [line.slice(0, line.indexOf('\t')), line]))};
  },
  rows: (text) => {
    const [generation, deltas, mains, main, ...sets] = text.split('\n');
    const records = decodeDifferences(deltas), names = mains.split(','), rowsOf = new Map();
    records.forEach((record, row) => (rowsOf.get(record) ?? rowsOf.set(record, []).get(record)).push(row));
    const toColumn = (rows) => { // 1 for each row of a set
      const column = new Uint8Array(records.length);
      for (const row of decodeDifferences(rows)) column[row] = 1;
      return column;
    };
    const columns = new Map(sets.map((line) => line.split('\t')).map(([concept, rows]) => [concept, toColumn(rows)]));
    return {
      generation,
      records,
      rowsOf,
      concepts: [...columns.keys()],
      mains: [...main].map((letter) => names[letter.codePointAt() - 48]),
      column: (concept) => columns.get(concept) ?? toColumn(),
    };
  },
  cards: (text) => {
    const [generation, ...cards] = JSON.parse(text);
    return {generation, cards};
  },
};

/** Parse a name of a concept: its terms, each with its weight and the word it comes from. */
const parsePhrase = (key) => {
  const [concept, language, words] = key.split('=');
  const terms = words.split(' ').flatMap((marked) => {
    const word = WEIGHTS[marked[0]] ? marked.slice(1) : marked;
    return tokenize(word).map((term) => [term, WEIGHTS[marked[0]] ?? 1, word]);
  });
  return {key, concept, language, terms};
};

/** Parse the line of a term: the number of records that have it, those that have it in a name or a text, and its phrases. */
export const parseTerm = (line) => {
  const [term, frequency, names, texts, phrases] = line.split('\t');
  return {term, frequency: parseInt(frequency, 36), names: decodeDifferences(names), texts: decodeDifferences(texts), phrases: phrases ? phrases.split('|').map(parsePhrase) : []};
};

/** Return functions to load the files of the guide at `base` and to forget them. A file that failed is fetched again next time. */
export const createFileLoader = (base, fetch) => {
  const files = new Map();
  let options;
  const open = async (name) => {
    const response = await fetch(`${base}search/${name}`, {...options, signal: AbortSignal.timeout?.(3e4)}); // a network may hang
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    return PARSERS[/^[a-z]+/.exec(name)[0]](await response.text());
  };
  return {
    load: (name) => {
      if (!files.has(name)) {
        const file = open(name);
        file.catch(() => files.delete(name));
        files.set(name, file);
      }
      return files.get(name);
    },
    forget: (fetchOptions) => { files.clear(); options = fetchOptions; },
  };
};
