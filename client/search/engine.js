// Search in the files of a guide, on the reader's device: no server, no DOM. How it works: docs/developers/search.md

import {cut, kind} from './analysis.js';
import {openLine, opener} from './files.js';
import {BEGUN, likeness, ONE_EDIT, read, SAME, STEM} from './reader.js';

const FILTERS = {type: 'type', language: 'lang', area: 'area', fact: 'fact', cost: 'fact'};
const MOST_LETTERS = 200, MOST_TERMS = 24, MOST_GUESSES = 5, MOST_FETCHED = 3, MOST_VARIANTS = 24;
const TYPE = 10, FURTHER = 0.74, NAMED = 12, WHOLE_NAME = 9, UNDERSTOOD = 0.15, WORTH = {area: 3, lang: 2.5, fact: 1.6};

/** The script that a letter is written in, of those for which the guide has words. */
const scriptOf = (meta, letter) => Object.keys(meta.scripts).find((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(letter));
const asList = (value) => [value ?? []].flat().filter(Boolean);
const raise = (scores, key, value) => { if (value > (scores.get(key) ?? 0)) scores.set(key, value); };

/** Filters as concepts: {types, languages, areas, facts, costs}, each an id or several; or {concepts}, named as here. */
const wanted = ({concepts, ...named}) => asList(concepts).concat(Object.entries(FILTERS).flatMap(([name, kind]) => asList(named[`${name}s`] ?? named[name])
  .map((id) => `${kind}:${kind === 'lang' ? id.split('-')[0].toLowerCase() : id === 'sliding' ? 'sliding-scale' : id}`)));

/** Which file of terms has a term: the last whose first term is not behind it. */
const shardOf = (firsts, term) => {
  let low = 0, high = firsts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (firsts[middle] <= term) low = middle; else high = middle - 1;
  }
  return low;
};

/** How each term was typed, with its accents. */
const spelled = (text, terms, pairs) => {
  const words = text.normalize('NFKC').toLowerCase().split(/[^\p{L}\p{M}\p{Nd}'’ʼ]+/u);
  const found = words.flatMap((word) => cut(word, pairs).map(() => word));
  return found.length >= terms.length ? found : [];
};

/** The words of a vocabulary that a typed one may stand for, likeliest first. */
const guesses = (term, last, vocabulary) => {
  if (!vocabulary || kind(term[0]) !== 'word' || vocabulary.known.has(term)) return [[term, SAME]];
  const key = last ? `${term}*` : term;
  if (!vocabulary.read.has(key)) {
    const found = vocabulary.words.map((word) => [word, likeness(term, word, last)]).filter(([, quality]) => quality);
    found.sort((a, b) => b[1] - a[1] || Math.abs(a[0].length - term.length) - Math.abs(b[0].length - term.length));
    vocabulary.read.set(key, [[term, SAME], ...found.slice(0, MOST_GUESSES)]);
  }
  return vocabulary.read.get(key);
};

/**
 * Opens the search of a guide. `base` is the address of the guide's folder, `language` the reader's.
 * Nothing is fetched before the first call of a method.
 */
export const openSearch = ({base = '/', language = 'en', fetch = globalThis.fetch.bind(globalThis)} = {}) => {
  const {load, forget} = opener(base.endsWith('/') ? base : `${base}/`, fetch);
  let lines = new Map();

  const start = () => load(`start-${language}.txt`);
  const same = (meta, file) => {
    if (file.generation !== meta.generation) throw new Error('changed');
    return file;
  };

  /** The words of the scripts of a query: of the reader's language, or of the first of the guide in that script. */
  const vocabularies = async (meta, text) => {
    const found = {};
    await Promise.all([...new Set([...text].map((letter) => scriptOf(meta, letter)))].filter(Boolean).map(async (script) => {
      if (meta.languages[language] === script) found[script] = meta.vocabulary;
      else found[script] = (await load(`vocabulary-${meta.scripts[script]}.txt`).catch(() => null))?.vocabulary;
    }));
    return found;
  };

  /** The files of some terms, and the next one where the words that begin with the last term go on. */
  const termFiles = (meta, terms, begun = '') => {
    const numbers = new Set(terms.map((term) => shardOf(meta.shards, term)));
    if (begun) numbers.add(Math.min(shardOf(meta.shards, begun) + 1, shardOf(meta.shards, `${begun}\uffff`)));
    return Promise.all([...numbers].map(async (number) => same(meta, await load(`terms-${number}.txt`))));
  };

  const lineOf = (files, term) => {
    if (!lines.has(term)) {
      const raw = files.find((file) => file.lines.has(term))?.lines.get(term);
      if (!raw) return null;
      lines.set(term, openLine(raw));
    }
    return lines.get(term);
  };

  /** The terms of a file that a typed one may stand for; of one that is known only its other forms. */
  const near = (file, term, last, exact) => {
    const key = `${term} ${last} ${exact}`;
    if (!file.near.has(key)) {
      const worded = kind(term[0]) === 'word', found = [];
      for (const word of file.lines.keys()) {
        if (word === term || word[0] !== term[0]) continue;
        const quality = worded ? likeness(term, word, last) : last && word.startsWith(term) ? ONE_EDIT : 0;
        const other = worded && (quality === STEM ? STEM : last && word.startsWith(term) ? BEGUN : 0); // of a word that is known
        if (exact ? other : quality) found.push([word, exact ? other : quality]);
      }
      file.near.set(key, found);
    }
    return file.near.get(key);
  };

  /** The guesses, with the terms of the files that were read anyway: other forms, longer words, other languages. */
  const widened = (term, last, guessed, files, literal) => {
    if (literal) return [[term, SAME]];
    const exact = lineOf(files, term), known = exact?.phrases.length;
    const found = new Map(guessed.filter(([word]) => word === term || lineOf(files, word)).map(([word, quality]) => [word, known && quality < STEM ? quality * 0.6 : quality]));
    for (const file of files) for (const [word, quality] of near(file, term, last, Boolean(exact))) if (!found.has(word)) found.set(word, quality);
    return [...found].sort((a, b) => b[1] - a[1]).slice(0, MOST_VARIANTS);
  };

  /** What the query asks for, and the lines of its terms. */
  const understand = async (meta, typed, {literal = false, not = []}) => {
    const text = typed.slice(0, MOST_LETTERS);
    const begun = cut(text).slice(0, MOST_TERMS);
    const early = termFiles(meta, begun, begun.at(-1)); // while another script's words are read
    early.catch(() => {});
    const words = await vocabularies(meta, text);
    const pairs = words.Hani?.pairs;
    const terms = cut(text, pairs).slice(0, MOST_TERMS);
    const isLast = (place) => place === terms.length - 1;
    const guessed = terms.map((term, place) => literal ? [[term, SAME]] : guesses(term, isLast(place), words[scriptOf(meta, term)]));
    await early;
    const files = await termFiles(meta, guessed.flatMap((some) => some.slice(0, MOST_FETCHED)).map(([term]) => term), terms.at(-1));
    const query = terms.map((term, place) => widened(term, isLast(place), guessed[place], files, literal));
    // A name is filed under its telling words only: all names that were read are held against all words of the query.
    const names = new Map(), byTerm = new Map();
    for (const [term] of query.flat()) for (const phrase of lineOf(files, term)?.phrases ?? []) if (!not.includes(phrase.concept)) names.set(phrase.key, phrase);
    for (const phrase of names.values()) {
      for (const term of new Set(phrase.terms.map(([word]) => word))) (byTerm.get(term) ?? byTerm.set(term, []).get(term)).push(phrase);
    }
    const {understood, unexplained} = read(query, (term) => byTerm.get(term) ?? [], {language, source: meta.source, spellings: spelled(text, terms, pairs)});
    const corrected = terms.flatMap((term, place) => {
      const word = query[place].find(([other]) => lineOf(files, other))?.[0] ?? term;
      return word !== term && !lineOf(files, term) && !word.startsWith(term) && !term.startsWith(word) ? [{typed: term, read: word}] : [];
    });
    return {terms, query, files, understood, unexplained, corrected};
  };

  /** The rows that a query needs: all of them, or in a large guide those of its rarest concept. */
  const table = async (meta, concepts) => {
    if (!meta.blocks) return same(meta, await load('rows.txt'));
    const known = concepts.filter((concept) => Object.hasOwn(meta.blocks, concept));
    if (!known.length) return null;
    const rarest = known.reduce((one, other) => meta.blocks[other] < meta.blocks[one] ? other : one);
    return same(meta, await load(`rows-${rarest.replace(':', '-')}.txt`));
  };

  /** How much each kind of help is asked for, 0 to 1: urgent needs ask for the kinds that answer them. */
  const asked = (meta, understood) => {
    const types = new Map();
    for (const {kind: sort, id, share} of understood) {
      if (sort === 'type') raise(types, id, share);
      if (sort === 'need') (meta.needs[id] ?? []).forEach((name, place) => raise(types, name, share * (1 - place * 0.25)));
    }
    return types;
  };

  /** Whether a kind of help is surely asked for: then others are no answer. */
  const asksHelp = (understood) => understood.some((one) => (one.kind === 'type' || one.kind === 'need') && one.strength >= 0.5);

  const byRows = (meta, understood, rows, filters) => {
    const scores = new Map(), allowed = new Set(), matched = new Uint8Array(rows.records.length);
    const types = [...asked(meta, understood)].map(([id, share]) => [id, share, rows.column(`type:${id}`)]);
    const others = understood.filter((one) => WORTH[one.kind]).map((one) => [WORTH[one.kind] * one.share, rows.column(one.concept)]);
    const needed = filters.map((concept) => rows.column(concept)), sure = asksHelp(understood);
    rows.records.forEach((record, row) => {
      if (!needed.every((column) => column[row])) return;
      allowed.add(record);
      let score = 0;
      for (const [id, share, column] of types) if (column[row]) score = Math.max(score, TYPE * share * (rows.mains[row] === id ? 1 : FURTHER));
      if (sure && !score) return;
      for (const [worth, column] of others) if (column[row]) score += worth;
      matched[row] = 1;
      raise(scores, record, score);
    });
    return {scores, allowed, matched};
  };

  /** Words that no concept explains count fully, understood words little; a hit in a name three times one in a text. */
  const byText = (meta, {query, files, unexplained}) => {
    const scores = new Map(), named = new Map();
    let all = 0;
    query.forEach((variants, place) => {
      const share = unexplained.includes(place) ? 1 : UNDERSTOOD, here = new Map(), inName = new Map();
      let most = 0;
      for (const [term, quality] of variants) {
        const line = lineOf(files, term);
        if (!line?.frequency) continue;
        const weight = Math.log(1 + meta.records / (1 + line.frequency));
        most = Math.max(most, weight);
        for (const record of line.names) { raise(here, record, weight * quality); raise(inName, record, weight * quality); }
        for (const record of line.texts) raise(here, record, weight * quality / 3);
      }
      all += most || (share === 1 ? 3 : 0);
      for (const [record, weight] of here) scores.set(record, (scores.get(record) ?? 0) + weight * share);
      for (const [record, weight] of inName) named.set(record, (named.get(record) ?? 0) + weight);
    });
    for (const [record, weight] of scores) scores.set(record, NAMED * weight / (all || 1));
    return {scores, named, all};
  };

  const rank = (meta, query, rows, filters) => {
    const {scores, allowed, matched} = rows ? byRows(meta, query.understood, rows, filters) : {scores: new Map(), allowed: new Set()};
    if (!query.terms.length && filters.length) for (const record of allowed) raise(scores, record, 1);
    const {scores: texts, named, all} = byText(meta, query);
    const must = asksHelp(query.understood);
    for (const [record, score] of texts) {
      if (filters.length && !allowed.has(record)) continue;
      const share = (named.get(record) ?? 0) / all; // of the query, by the weight of its words, that the name has
      if (must && !scores.has(record) && share < 0.5) continue;
      scores.set(record, (scores.get(record) ?? 0) + score + (query.terms.length > 1 && share > 0.7 ? WHOLE_NAME : 0));
    }
    return {matched, ranked: [...scores].filter(([, score]) => score > 0).sort((a, b) => b[1] - a[1] || a[0] - b[0])};
  };

  /** How many results each concept would leave as a filter. */
  const countsOf = (rows, ranked, matched) => {
    const counts = {};
    for (const concept of rows?.concepts ?? []) {
      const column = rows.column(concept);
      const number = ranked.filter(([record]) => rows.rowsOf.get(record)?.some((row) => matched[row] && column[row])).length;
      if (number) counts[concept] = number;
    }
    return counts;
  };

  const cards = async (meta, some, typed, rows) => {
    const files = new Map();
    await Promise.all(some.map(async ([record]) => {
      const number = Math.floor(record / meta.cards);
      files.set(number, same(meta, await load(`cards-${language}-${number}.json`)));
    }));
    return some.map(([record, score]) => {
      const [slug, title, titleLanguage, name, summary, summaryLanguage, towns, phones, status] = files.get(Math.floor(record / meta.cards)).cards[record % meta.cards];
      const named = cut(`${title} ${name}`).some((term) => typed.some((word) => term.startsWith(word)));
      const own = rows?.rowsOf.get(record) ?? [];
      const concepts = rows?.concepts.filter((concept) => own.some((row) => rows.column(concept)[row])) ?? [];
      return {slug, score, named, concepts, title, titleLanguage, name, summary, summaryLanguage, towns, phones, status};
    });
  };

  const answer = async (typed, {filters, limit = 10, counts = false, ...options} = {}) => {
    const meta = await start();
    const must = wanted(filters ?? {});
    const early = meta.blocks ? null : table(meta, []);
    early?.catch(() => {});
    const query = await understand(meta, String(typed ?? ''), options);
    const concepts = [...must, ...query.understood.map((one) => one.kind === 'need' ? `type:${meta.needs[one.id]?.[0]}` : one.concept)];
    const rows = await (early ?? table(meta, concepts));
    const {ranked, matched} = rank(meta, query, rows, must);
    const hits = await cards(meta, ranked.slice(0, limit), query.terms, rows);
    const {understood, corrected, terms} = query;
    return {total: ranked.length, hits, understood, corrected, terms, ...(counts ? {counts: countsOf(rows, ranked, matched)} : {})};
  };

  return {
    /** Fetches what every search needs, when the reader is about to type. */
    prepare: () => start().then((meta) => meta.blocks ? null : load('rows.txt')).then(() => {}, () => {}),
    /** How concepts are called in the reader's language: a Map from "type:food" to "Food". */
    labels: () => load(`labels-${language}.txt`).then((file) => file.labels, () => new Map()),
    /** {total, hits: [{slug, score, …}], understood: [{kind, id, …}], problem?}; never throws. */
    search: async (text, options) => {
      for (const attempt of [1, 2]) {
        try {
          return await answer(text, options);
        } catch (error) {
          forget({cache: 'reload'}); // a guide that was published meanwhile is read anew, once
          lines = new Map();
          if (attempt === 2) return {total: 0, hits: [], understood: [], corrected: [], terms: [], problem: `The search could not be loaded (${error.message}).`};
        }
      }
    },
  };
};
