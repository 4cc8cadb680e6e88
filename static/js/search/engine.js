// Search in the files of a guide, on the reader's device: no server, no DOM. How it works: docs/developers/search.md

import {cut, folded, kind} from './analysis.js';
import {likeness, read, SAME} from './reader.js';

const SIX_BITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SCRIPTS = ['Latn', 'Cyrl', 'Arab', 'Hani', 'Mymr', 'Hang', 'Ethi', 'Deva', 'Thai', 'Khmr', 'Laoo', 'Grek', 'Hebr', 'Armn', 'Geor', 'Beng', 'Guru', 'Gujr', 'Taml', 'Telu', 'Hira', 'Kana']
  .map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')]);
const SAME_SCRIPT = {Hang: 'Kore', Hira: 'Jpan', Kana: 'Jpan'};
const MOST_TERMS = 24, MOST_LETTERS = 200;
const TYPE = 10, FURTHER = 0.85, PLACE = 3, SPOKEN = 2.5, FACT = 1.6, NAMED = 12, WHOLE_NAME = 9;

const scriptOf = (term) => {
  const found = SCRIPTS.find(([, pattern]) => pattern.test(term))?.[0] ?? '';
  return SAME_SCRIPT[found] ?? found;
};

const numbers = (deltas) => {
  let now = 0;
  return deltas ? deltas.split(',').map((delta) => now += parseInt(delta, 36)) : [];
};

const members = (text) => {
  if (text[0] !== ':') return numbers(text);
  const found = [];
  for (let place = 1; place < text.length; place += 1) {
    const bits = SIX_BITS.indexOf(text[place]);
    for (let bit = 0; bit < 6; bit += 1) if (bits >> bit & 1) found.push((place - 1) * 6 + bit);
  }
  return found;
};

const asList = (value) => value === undefined || value === null || value === '' ? [] : Array.isArray(value) ? value : [value];

/** Filters as concepts: {types, languages, areas, facts, cost}, each one id or several. */
const wanted = (filters = {}) => [
  ...asList(filters.types ?? filters.type).map((id) => `type:${id}`),
  ...asList(filters.languages ?? filters.language).map((id) => `lang:${String(id).split('-')[0].toLowerCase()}`),
  ...asList(filters.areas ?? filters.area).map((id) => `area:${id}`),
  ...asList(filters.facts ?? filters.fact).map((id) => `fact:${id}`),
  ...asList(filters.cost).map((id) => `fact:${id === 'sliding' ? 'sliding-scale' : id}`),
];

/** A file of the guide, fetched once; what failed is asked for again the next time. */
const loader = (base, fetch, parse) => {
  const pending = new Map();
  return (name) => {
    if (!pending.has(name)) {
      const file = Promise.resolve().then(() => fetch(`${base}search/${name}`)).then((answer) => {
        if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
        return answer.text();
      }).then((text) => parse(name, text));
      file.catch(() => pending.delete(name));
      pending.set(name, file);
    }
    return pending.get(name);
  };
};

const parsers = {
  meta: (text) => JSON.parse(text),
  vocabulary: (text) => {
    const [pairs, ...lines] = text.split('\n');
    const words = [];
    let before = '';
    for (const line of lines) if (line) words.push(before = before.slice(0, parseInt(line[0], 36)) + line.slice(1));
    const letters = [...pairs];
    const simplified = new Map();
    for (let place = 0; place < letters.length; place += 2) simplified.set(letters[place], letters[place + 1]);
    return {words, known: new Set(words), pairs: simplified};
  },
  labels: (text) => new Map(text.split('\n').filter(Boolean).map((line) => line.split('\t'))),
  terms: (text) => {
    const [generation, ...lines] = text.split('\n');
    return {generation, lines: new Map(lines.filter(Boolean).map((line) => [line.slice(0, line.indexOf('\t')), line]))};
  },
  rows: (text) => {
    const [generation, records, mains, main, ...sets] = text.split('\n');
    const names = mains.split(',');
    return {
      generation,
      records: numbers(records),
      mains: main.split(',').map((number) => names[parseInt(number, 36)]),
      sets: new Map(sets.filter(Boolean).map((line) => line.split('\t'))),
      opened: new Map(),
    };
  },
  cards: (text) => {
    const [generation, ...cards] = JSON.parse(text);
    return {generation, cards};
  },
};
const parse = (name, text) => parsers[/^[a-z]+/.exec(name)[0]](text);

const openLine = (line) => {
  const [term, frequency, names, texts, said] = line.split('\t');
  return {
    term,
    frequency: parseInt(frequency, 36),
    names: numbers(names),
    texts: numbers(texts),
    phrases: said ? said.split('|').map(openPhrase) : [],
  };
};

const openPhrase = (stored) => {
  const [concept, language, words] = stored.split('=');
  const terms = [];
  for (const word of words.split(' ')) {
    const weight = word[0] === '~' ? 0.25 : word[0] === '-' ? 0.6 : 1;
    const spelling = weight < 1 ? word.slice(1) : word;
    for (const term of cut(spelling)) terms.push([term, weight, spelling]);
  }
  return {key: stored, concept, language, terms};
};

const at = (shards, term) => {
  let low = 0, high = shards.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (shards[middle] <= term) low = middle; else high = middle - 1;
  }
  return low;
};

/** How each term was typed, with its accents. */
const spelled = (text, terms, pairs) => {
  const found = [];
  for (const word of text.normalize('NFKC').toLowerCase().split(/[^\p{L}\p{M}\p{Nd}'’ʼ]+/u)) for (const term of cut(word, pairs)) found.push(word);
  return found.length >= terms.length ? found : [];
};

/**
 * Opens the search of a guide. `base` is the address of the guide's folder, `language` the reader's.
 * Nothing is fetched before the first call of a method.
 */
export const openSearch = ({base = '/', language = 'en', fetch = globalThis.fetch.bind(globalThis)} = {}) => {
  const root = base.endsWith('/') ? base : `${base}/`;
  const load = loader(root, fetch, parse);
  const lines = new Map();

  const vocabularies = async (meta, text) => {
    const found = {};
    const scripts = new Set([...text.slice(0, MOST_LETTERS)].map(scriptOf).filter(Boolean));
    await Promise.all([...scripts].map(async (script) => {
      const tag = meta.languages[language] === script ? language : meta.scripts[script];
      if (tag) found[script] = await load(`vocabulary-${tag}.txt`).catch(() => null);
    }));
    return found;
  };

  /** Reads the files of these terms: two terms are often in one file. */
  const fetchTerms = (meta, terms) => Promise.all([...new Set(terms.map((term) => at(meta.shards, term)))].map(async (number) => {
    const file = await load(`terms-${number}.txt`);
    if (file.generation !== meta.generation) throw new Error('the guide has changed');
    return file;
  }));

  const lineOf = (files, term) => {
    if (!lines.has(term)) {
      const raw = files.map((file) => file.lines.get(term)).find(Boolean);
      if (!raw) return null;
      lines.set(term, openLine(raw));
    }
    return lines.get(term);
  };

  /** For each term of the query the terms it may stand for, by the vocabulary alone. */
  const guesses = (terms, vocabularyOf) => terms.map((term, place) => {
    const last = place === terms.length - 1;
    const vocabulary = vocabularyOf[scriptOf(term)];
    const found = [[term, SAME]];
    if (!vocabulary || kind(term[0]) !== 'word' || vocabulary.known.has(term)) return found;
    for (const word of vocabulary.words) {
      const quality = likeness(term, word, last);
      if (quality) found.push([word, quality]);
    }
    return found.sort((a, b) => b[1] - a[1] || Math.abs(a[0].length - term.length) - Math.abs(b[0].length - term.length)).slice(0, 5);
  });

  /** The guesses, with the terms of the files that are read anyway: other forms, longer words, other languages. */
  const widened = (terms, guessed, files) => guessed.map((variants, place) => {
    const term = terms[place], last = place === terms.length - 1;
    const found = new Map(variants.filter(([word, quality]) => quality === SAME || lineOf(files, word)));
    const exact = lineOf(files, term);
    const worded = kind(term[0]) === 'word';
    if (exact?.phrases.length) for (const [word, quality] of found) if (word !== term && quality < 0.85) found.set(word, quality * 0.6);
    for (const file of files) {
      for (const word of file.lines.keys()) {
        if (found.has(word) || word[0] !== term[0]) continue;
        const quality = exact || !worded ? (last && !exact && word.startsWith(term) ? 0.8 : worded ? stemOnly(term, word) : 0) : likeness(term, word, last);
        if (quality) found.set(word, quality);
      }
    }
    return [...found].sort((a, b) => b[1] - a[1]).slice(0, 12);
  });

  const stemOnly = (term, word) => { const quality = likeness(term, word, false); return quality === 0.88 ? quality : 0; };

  /** What the query asks for, and the lines of its terms. */
  const understand = async (meta, text) => {
    const vocabularyOf = await vocabularies(meta, text);
    const pairs = vocabularyOf.Hani?.pairs;
    const terms = cut(text.slice(0, MOST_LETTERS), pairs).slice(0, MOST_TERMS);
    const guessed = guesses(terms, vocabularyOf);
    const files = terms.length ? await fetchTerms(meta, guessed.flat().map(([term]) => term)) : [];
    const query = widened(terms, guessed, files);
    // A name is filed under its telling words only: all names that were read are held against all words of the query.
    const names = new Map(), byTerm = new Map();
    for (const variants of query) for (const [term] of variants) for (const phrase of lineOf(files, term)?.phrases ?? []) names.set(phrase.key, phrase);
    for (const phrase of names.values()) {
      for (const term of new Set(phrase.terms.map(([word]) => word))) (byTerm.get(term) ?? byTerm.set(term, []).get(term)).push(phrase);
    }
    const spellings = spelled(text.slice(0, MOST_LETTERS), terms, pairs);
    const {understood, unexplained} = read(query, (term) => byTerm.get(term) ?? [], {language, source: meta.source, spellings});
    return {terms, query, files, understood, unexplained};
  };

  /** The rows that a query needs: all of them, or those of its rarest concept. */
  const table = async (meta, concepts) => {
    if (!meta.blocks) return checked(meta, await load('rows.txt'));
    const known = concepts.filter((concept) => meta.blocks[concept]);
    if (!known.length) return null;
    const rarest = known.reduce((one, other) => meta.blocks[other] < meta.blocks[one] ? other : one);
    return checked(meta, await load(`rows-${rarest.replace(':', '-')}.txt`));
  };
  const checked = (meta, file) => {
    if (file.generation !== meta.generation) throw new Error('the guide has changed');
    return file;
  };
  const rowsWith = (rows, concept) => {
    if (!rows.opened.has(concept)) rows.opened.set(concept, new Set(members(rows.sets.get(concept) ?? '')));
    return rows.opened.get(concept);
  };

  const rank = (meta, {terms, query, files, understood, unexplained}, rows, filters) => {
    const scores = new Map();
    const raise = (record, score) => { if (score > (scores.get(record) ?? 0)) scores.set(record, score); };
    const wishes = understood.filter((one) => one.kind !== 'need');
    const types = new Map(wishes.filter((one) => one.kind === 'type').map((one) => [one.id, one.share]));
    for (const need of understood.filter((one) => one.kind === 'need')) {
      (meta.needs[need.id] ?? []).forEach((id, place) => types.set(id, Math.max(types.get(id) ?? 0, need.share * (1 - place * 0.25))));
    }
    const others = wishes.filter((one) => one.kind !== 'type');
    const worth = {area: PLACE, lang: SPOKEN, fact: FACT};
    const allowed = new Set();
    if (rows) {
      const filterSets = filters.map((concept) => rowsWith(rows, concept));
      const typeSets = [...types].map(([id, share]) => [id, share, rowsWith(rows, `type:${id}`)]);
      const otherSets = others.map((one) => [worth[one.kind] * one.share, rowsWith(rows, one.concept)]);
      rows.records.forEach((record, row) => {
        if (!filterSets.every((set) => set.has(row))) return;
        allowed.add(record);
        let best = 0;
        for (const [id, share, set] of typeSets) if (set.has(row)) best = Math.max(best, share * (rows.mains[row] === id ? 1 : FURTHER));
        if (types.size && !best) return;
        let score = best * TYPE;
        for (const [value, set] of otherSets) if (set.has(row)) score += value;
        if (filters.length && !types.size && !others.length && !terms.length) score += 1;
        raise(record, score);
      });
    }
    // Text: words that no concept explains count fully, names threefold; words that are understood count little.
    const idf = (line) => Math.log(1 + meta.records / (1 + line.frequency));
    const text = new Map(), named = new Map();
    let all = 0, unknown = 0;
    query.forEach((variants, place) => {
      const open = unexplained.includes(place);
      const seen = new Map();
      let top = 0;
      for (const [term, quality] of variants) {
        const line = lineOf(files, term);
        if (!line?.frequency) continue;
        const weight = idf(line) * quality;
        top = Math.max(top, idf(line));
        for (const record of line.names) if (weight > (seen.get(record) ?? 0)) seen.set(record, weight);
        for (const record of line.texts) if (weight / 3 > (seen.get(record) ?? 0)) seen.set(record, weight / 3);
        for (const record of line.names) named.set(record, (named.get(record) ?? new Set()).add(place));
      }
      if (!top) { if (open) { all += 3; unknown += 3; } return; }
      all += top;
      if (open) unknown += top;
      for (const [record, weight] of seen) text.set(record, (text.get(record) ?? 0) + weight * (open ? 1 : 0.15));
    });
    const wordCount = terms.length;
    for (const [record, weight] of text) {
      if (filters.length && !allowed.has(record)) continue;
      let score = scores.get(record) ?? 0;
      score += NAMED * weight / Math.max(all, 1e-9);
      if (wordCount > 1 && named.get(record)?.size === wordCount) score += WHOLE_NAME;
      if (types.size && !scores.has(record) && !(named.get(record)?.size >= Math.max(1, wordCount - 1)) && !unknown) continue;
      scores.set(record, score);
    }
    return [...scores].filter(([, score]) => score > 0).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  };

  const answer = async (text, {filters, limit = 10} = {}) => {
    const meta = await load('meta.json');
    const asked = wanted(filters);
    const early = meta.blocks ? null : table(meta, []);
    early?.catch(() => {});
    const query = await understand(meta, String(text ?? ''));
    const concepts = [...asked, ...query.understood.flatMap((one) => one.kind === 'need' ? (meta.needs[one.id] ?? []).slice(0, 1).map((id) => `type:${id}`) : [one.concept])];
    const rows = await (early ?? table(meta, concepts));
    const ranked = rank(meta, query, rows, asked);
    const hits = await cards(meta, ranked.slice(0, limit));
    return {total: ranked.length, hits, understood: query.understood};
  };

  const cards = async (meta, some) => {
    const files = new Map();
    await Promise.all([...new Set(some.map(([record]) => Math.floor(record / meta.cards)))].map(async (number) => {
      files.set(number, await load(`cards-${language}-${number}.json`).then((file) => checked(meta, file)));
    }));
    return some.map(([record, score]) => {
      const [slug, title, titleLanguage, name, summary, summaryLanguage, towns, phone] = files.get(Math.floor(record / meta.cards)).cards[record % meta.cards];
      return {slug, score, title, titleLanguage, name, summary, summaryLanguage, towns: towns ? towns.split('|') : [], phone};
    });
  };

  return {
    /** Fetches what every search needs. */
    prepare: () => load('meta.json').then((meta) => meta.blocks ? null : load('rows.txt')).then(() => {}, () => {}),
    /** {total, hits: [{slug, score, …}], understood: [{kind, id, …}], problem?}; never throws. */
    search: async (text, options) => {
      try {
        return await answer(text, options);
      } catch (error) {
        load.forget?.();
        return {total: 0, hits: [], understood: [], problem: `The search could not be loaded (${error.message}).`};
      }
    },
  };
};
