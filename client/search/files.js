// The files of the index: fetching them once, and opening them. What they hold: docs/developers/search.md

import {cut} from './analysis.js';

const MARKS = {'~': 0.25, '-': 0.6};

/** Rising numbers, written as differences to the base of 48, with the further letters for what is above it. */
const numbers = (text = '') => {
  const found = [];
  let now = 0, above = 0;
  for (const letter of text) {
    const digit = letter.codePointAt() - 48;
    if (digit < 48) { found.push(now += above * 48 + digit); above = 0; } else above = above * 16 + digit - 48;
  }
  return found;
};

/** Sorted texts, of which each line has the number of letters that it shares with the one before, and the rest. */
const unfolded = (lines) => {
  let before = '';
  return lines.filter(Boolean).map((line) => before = before.slice(0, parseInt(line[0], 36)) + line.slice(1));
};

const vocabulary = ([pairs, ...lines]) => {
  const words = unfolded(lines), simplified = new Map();
  const letters = [...pairs];
  for (let place = 0; place < letters.length; place += 2) simplified.set(letters[place], letters[place + 1]);
  return {words, known: new Set(words), pairs: simplified, read: new Map()};
};

const PARSERS = {
  start: (text) => {
    const [first, ...rest] = text.split('\n');
    const meta = JSON.parse(first);
    return {...meta, shards: unfolded(meta.shards.split('\n')), vocabulary: vocabulary(rest)};
  },
  vocabulary: (text) => ({vocabulary: vocabulary(text.split('\n'))}),
  labels: (text) => ({labels: new Map(text.split('\n').filter(Boolean).map((line) => line.split('\t')))}),
  terms: (text) => {
    const [generation, ...lines] = text.split('\n');
    return {generation, near: new Map(), lines: new Map(lines.filter(Boolean).map((line) => [line.slice(0, line.indexOf('\t')), line]))};
  },
  rows: (text) => {
    const [generation, deltas, mains, main, ...sets] = text.split('\n');
    const records = numbers(deltas), names = mains.split(','), rowsOf = new Map();
    records.forEach((record, row) => (rowsOf.get(record) ?? rowsOf.set(record, []).get(record)).push(row));
    const column = (rows) => { // a set of rows as a column of ones
      const found = new Uint8Array(records.length);
      for (const row of numbers(rows)) found[row] = 1;
      return found;
    };
    const columns = new Map(sets.map((line) => line.split('\t')).map(([concept, rows]) => [concept, column(rows)]));
    return {
      generation,
      records,
      rowsOf,
      concepts: [...columns.keys()],
      mains: [...main].map((letter) => names[letter.codePointAt() - 48]),
      column: (concept) => columns.get(concept) ?? column(),
    };
  },
  cards: (text) => {
    const [generation, ...cards] = JSON.parse(text);
    return {generation, cards};
  },
};

/** A name of a concept: its terms, each with its weight and its spelling. */
const phrase = (stored) => {
  const [concept, language, words] = stored.split('=');
  const terms = words.split(' ').flatMap((word) => {
    const spelling = MARKS[word[0]] ? word.slice(1) : word;
    return cut(spelling).map((term) => [term, MARKS[word[0]] ?? 1, spelling]);
  });
  return {key: stored, concept, language, terms};
};

/** What is known of a term: in how many records it is, in whose names and texts, and in which names of concepts. */
export const openLine = (line) => {
  const [term, frequency, names, texts, said] = line.split('\t');
  return {term, frequency: parseInt(frequency, 36), names: numbers(names), texts: numbers(texts), phrases: said ? said.split('|').map(phrase) : []};
};

/** Fetches files of the guide at `base`, each once; what failed is asked for again the next time. */
export const opener = (base, fetch) => {
  const pending = new Map();
  let options;
  const open = async (name) => {
    const answer = await fetch(`${base}search/${name}`, {...options, signal: AbortSignal.timeout?.(3e4)}); // a network may hang
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return PARSERS[/^[a-z]+/.exec(name)[0]](await answer.text());
  };
  return {
    load: (name) => {
      if (!pending.has(name)) {
        const file = open(name);
        file.catch(() => pending.delete(name));
        pending.set(name, file);
      }
      return pending.get(name);
    },
    forget: (anew) => { pending.clear(); options = anew; },
  };
};
