// The search engine. It reads the static files of a guide on the reader's device, without a server and without the DOM.
// How it works: docs/developers/search.md

import {runKind, tokenize} from './analysis.js';
import {createFileLoader, parseTerm} from './files.js';
import {BEGUN, ONE_EDIT, readQuery, SAME, similarity, STEM} from './reader.js';

const MAX_LETTERS = 200, MAX_TERMS = 24, MAX_GUESSES = 5, MAX_FETCHED = 3, MAX_VARIANTS = 24, MAX_ARTICLES = 3;
const TYPE_WEIGHT = 10, FURTHER_TYPE_FACTOR = 0.74, FOCUS_WEIGHT = 0.5, FOCUSED_GUIDE = 300, NAME_WEIGHT = 12, WHOLE_NAME_BONUS = 9, EXACT_NAME = 50, UNDERSTOOD_FACTOR = 0.15, RARE_SHARE = 0.05, SURE_DAY = 0.85, RELATED_FACTOR = 0.2, KIND_WEIGHTS = {area: 3, lang: 2.5, day: 2, fact: 1.6};
const DAYS = ['su', 'mo', 'tu', 'we', 'th', 'fr', 'sa'];

/** Return a concept with the weekday that "today" or "tomorrow" is. */
const toWeekday = (match) => {
  const days = ['day:today', 'day:tomorrow'].indexOf(match.concept), id = DAYS[(new Date().getDay() + days) % 7];
  return days < 0 ? match : {...match, id, concept: `day:${id}`};
};

/** Return the script of a letter if the guide has words in it. */
const scriptOf = (meta, letter) => Object.keys(meta.scripts).find((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(letter));
const setMax = (scores, key, value) => { if (value > (scores.get(key) ?? 0)) scores.set(key, value); };

/** Return a query without some of its readings: the words that only those explained are words of texts again. */
const withdraw = (query, withdrawn) => {
  const understood = query.understood.filter((match) => !withdrawn.includes(match));
  const freed = withdrawn.flatMap(({places}) => places).filter((place) => !understood.some(({places}) => places.includes(place)));
  return {...query, understood, unexplained: [...query.unexplained, ...freed]};
};

/** Return the number of the file that has a term: the last one whose first term is not after it. */
const findShard = (firstTerms, term) => firstTerms.filter((first) => first <= term).length - 1; // the first file begins with ""

/** Return the word that each term comes from, with its accents. */
const surfaceForms = (text, terms, pairs) => {
  const words = text.normalize('NFKC').toLowerCase().split(/[^\p{L}\p{M}\p{Nd}'’ʼ]+/u);
  const forms = words.flatMap((word) => tokenize(word, pairs).map(() => word));
  return forms.length >= terms.length ? forms : [];
};

/** Return the words of a vocabulary that a typed term may mean, likeliest first. */
const guessVariants = (term, isLast, vocabulary) => {
  if (!vocabulary || runKind(term[0]) !== 'word' || vocabulary.known.has(term)) return [[term, SAME]];
  const key = isLast ? `${term}*` : term;
  if (!vocabulary.guesses.has(key)) {
    const guesses = vocabulary.words.map((word) => [word, similarity(term, word, isLast)]).filter(([, quality]) => quality);
    guesses.sort((a, b) => b[1] - a[1] || Math.abs(a[0].length - term.length) - Math.abs(b[0].length - term.length));
    vocabulary.guesses.set(key, [[term, SAME], ...guesses.slice(0, MAX_GUESSES)]);
  }
  return vocabulary.guesses.get(key);
};

/**
 * Open the search of a guide. `base` is the URL of the guide's folder, `language` that of the reader. Nothing is fetched before
 * the first call of a method.
 */
export const openSearch = ({base = '/', language = 'en', fetch = globalThis.fetch.bind(globalThis)} = {}) => {
  const {load, forget} = createFileLoader(base.endsWith('/') ? base : `${base}/`, fetch);
  let parsedTerms = new Map();

  const loadStart = () => load(`start-${language}.txt`);
  const checkGeneration = (meta, file) => {
    if (file.generation !== meta.generation) throw new Error('changed');
    return file;
  };

  /** Return the words of each script of a query: those of the reader's language, or of the guide's first language in that script. */
  const loadVocabularies = async (meta, text) => {
    const vocabularies = {};
    await Promise.all([...new Set([...text].map((letter) => scriptOf(meta, letter)))].filter(Boolean).map(async (script) => {
      if (meta.languages[language] === script) vocabularies[script] = meta.vocabulary;
      else vocabularies[script] = (await load(`vocabulary-${meta.scripts[script]}.txt`).catch(() => null))?.vocabulary;
    }));
    return vocabularies;
  };

  /** Return the files of terms. Words that begin with `prefix` may continue in the next file, so load that too. */
  const loadTermFiles = (meta, terms, prefix = '') => {
    const numbers = new Set(terms.map((term) => findShard(meta.shards, term)));
    if (prefix) numbers.add(Math.min(findShard(meta.shards, prefix) + 1, findShard(meta.shards, `${prefix}\uffff`)));
    return Promise.all([...numbers].map(async (number) => checkGeneration(meta, await load(`terms-${number}.txt`))));
  };

  const findTerm = (files, term) => {
    if (!parsedTerms.has(term)) {
      const line = files.find((file) => file.lines.has(term))?.lines.get(term);
      if (!line) return null;
      parsedTerms.set(term, parseTerm(line));
    }
    return parsedTerms.get(term);
  };

  /** Return the terms of a file that a typed term may mean. If the typed term is known, return only its other forms. */
  const findSimilar = (file, term, isLast, isKnown) => {
    const isWord = runKind(term[0]) === 'word', similar = [];
    for (const word of file.lines.keys()) {
      if (word === term || word[0] !== term[0]) continue;
      const isBegun = isLast && word.startsWith(term);
      let quality = isWord ? similarity(term, word, isLast) : isBegun ? ONE_EDIT : 0;
      if (isKnown && quality !== STEM) quality = isWord && isBegun ? BEGUN : 0;
      if (quality) similar.push([word, quality]);
    }
    return similar;
  };

  /** Return the guesses, and similar terms in the loaded files: other forms, longer words, other languages. */
  const findVariants = (term, isLast, guesses, files, literal) => {
    if (literal) return [[term, SAME]];
    const exact = findTerm(files, term), hasPhrases = exact?.phrases.length;
    const isName = hasPhrases ? exact.phrases.some(({concept}) => concept.startsWith('area:')) : exact?.names.length;
    const formFactor = isName ? 0.4 : 1; // the name of a town or an organization has no forms
    const variants = new Map(guesses.filter(([word]) => word === term || findTerm(files, word)).map(([word, quality]) => [word, hasPhrases && quality < STEM ? quality * 0.6 : quality]));
    for (const file of files) for (const [word, quality] of findSimilar(file, term, isLast, exact)) if (!variants.has(word)) variants.set(word, quality * formFactor);
    return [...variants].sort((a, b) => b[1] - a[1]).slice(0, MAX_VARIANTS);
  };

  /** Return the terms of a query, their variants, the concepts that it asks for, and the files of its terms. */
  const interpret = async (meta, typed, {literal = false, not = []}) => {
    const text = typed.slice(0, MAX_LETTERS);
    const firstTerms = tokenize(text).slice(0, MAX_TERMS);
    const prefetch = loadTermFiles(meta, firstTerms, firstTerms.at(-1)); // while the words of another script load
    prefetch.catch(() => {});
    const vocabularies = await loadVocabularies(meta, text);
    const pairs = vocabularies.Hani?.pairs;
    const terms = tokenize(text, pairs).slice(0, MAX_TERMS);
    const isLast = (position) => position === terms.length - 1;
    const guesses = terms.map((term, position) => literal ? [[term, SAME]] : guessVariants(term, isLast(position), vocabularies[scriptOf(meta, term)]));
    await prefetch;
    const files = await loadTermFiles(meta, guesses.flatMap((variants) => variants.slice(0, MAX_FETCHED)).map(([term]) => term), terms.at(-1));
    const query = terms.map((term, position) => findVariants(term, isLast(position), guesses[position], files, literal));
    // A phrase is listed only under its distinctive terms, so compare all loaded phrases with every term of the query.
    const phrases = new Map(), phrasesByTerm = new Map(), exact = new Set();
    for (const [term] of query.flat()) {
      for (const phrase of findTerm(files, term)?.phrases ?? []) {
        if (!phrase.concept.startsWith('name:')) phrases.set(phrase.key, phrase);
        else if (phrase.terms.length === terms.length && phrase.terms.every(([word]) => terms.includes(word))) exact.add(parseInt(phrase.concept.slice(5), 36));
      }
    }
    for (const phrase of phrases.values()) {
      for (const term of new Set(phrase.terms.map(([word]) => word))) (phrasesByTerm.get(term) ?? phrasesByTerm.set(term, []).get(term)).push(phrase);
    }
    const spellings = surfaceForms(text, terms, pairs);
    const {understood: matches, unexplained} = readQuery(query, (term) => phrasesByTerm.get(term) ?? [], {language, source: meta.source, isLatin: meta.languages[language] === 'Latn', spellings});
    const corrected = terms.flatMap((term, position) => {
      const word = query[position].find(([other]) => findTerm(files, other))?.[0] ?? term;
      return word !== term && !findTerm(files, term) && !word.startsWith(term) && !term.startsWith(word) ? [{typed: term, read: word}] : [];
    });
    const understood = matches.map(toWeekday);
    return withdraw({terms, spellings, query, files, understood, unexplained, corrected, exact}, understood.filter(({concept}) => not.includes(concept)));
  };

  /** Return the rows that a query needs: all of them, or in a large guide those of its rarest concept. */
  const loadRows = async (meta, concepts) => {
    if (!meta.blocks) return checkGeneration(meta, await load('rows.txt'));
    const known = concepts.filter((concept) => Object.hasOwn(meta.blocks, concept));
    if (!known.length) return null;
    const rarest = known.reduce((concept, other) => meta.blocks[other] < meta.blocks[concept] ? other : concept);
    return checkGeneration(meta, await load(`rows-${rarest.replace(':', '-')}.txt`));
  };

  /** Return the share of each kind of help that a query asks for, 0 to 1. An urgent need asks for the kinds that meet it. */
  const findTypes = (meta, understood) => {
    const types = new Map();
    for (const match of understood) {
      if (match.kind === 'type') setMax(types, match.id, match.share);
      if (match.kind === 'need') (meta.needs[match.id] ?? []).forEach((type, index) => setMax(types, type, match.share * (1 - index * 0.25)));
    }
    return types;
  };

  /** Return the surest readings as a kind of help. Partners without it are only results if they say the very words. */
  const findAsked = (understood) => understood.filter(({kind, strength}) => (kind === 'type' || kind === 'need') && strength >= 0.5);

  /** Divide what was understood: a kind of help that nobody offers must not hide those who say the words. After them come related kinds. */
  const leaveOutMissing = (meta, query, rows) => {
    const isOffered = (type) => meta.blocks ? Object.hasOwn(meta.blocks, type) : rows.concepts.includes(type);
    const missing = query.understood.filter(({kind, id, concept}) => kind === 'type' ? !isOffered(concept) : kind === 'need' && !meta.needs[id]?.length);
    const rest = withdraw(query, missing);
    const related = missing.flatMap(({kind, id, share}) => kind === 'type' ? (meta.instead?.[id] ?? []).map((other, index) => ({kind, id: other, share: share * RELATED_FACTOR / (1 + index), strength: 0, places: []})) : []);
    return {...rest, understood: [...rest.understood, ...related], missing};
  };

  const scoreRows = (meta, understood, rows, filters, days) => {
    const scores = new Map(), allowed = new Set(), closed = new Set(), matched = new Uint8Array(rows.records.length), mainRows = new Map();
    const types = [...findTypes(meta, understood)].map(([id, share]) => [id, share, rows.column(`type:${id}`)]);
    const others = understood.filter((match) => KIND_WEIGHTS[match.kind]).map((match) => [KIND_WEIGHTS[match.kind] * match.share, rows.column(match.concept)]);
    const required = filters.map((concept) => rows.column(concept)), open = days.map((concept) => rows.column(concept)), needsType = findAsked(understood).length > 0;
    const known = DAYS.map((day) => rows.column(`day:${day}`));
    rows.records.forEach((record, row) => {
      if (!required.every((column) => column[row])) return;
      if (open.length && !open.some((column) => column[row]) && known.some((column) => column[row])) { closed.add(record); return; }
      allowed.add(record);
      let score = 0;
      for (const [id, share, column] of types) if (column[row]) score = Math.max(score, TYPE_WEIGHT * share * (rows.mains[row] === id ? 1 : FURTHER_TYPE_FACTOR));
      if (needsType && !score) return;
      if (types.some(([id, , column]) => column[row] && rows.mains[row] === id)) mainRows.set(record, (mainRows.get(record) ?? 0) + 1);
      for (const [weight, column] of others) if (column[row]) score += weight;
      matched[row] = 1;
      setMax(scores, record, score);
    });
    // Of those that offer it, first those that mostly do that: their names often say so, but only in their own language.
    // In a large guide many do, and the order by the last check says more.
    if (meta.partners <= FOCUSED_GUIDE) for (const [record, count] of mainRows) scores.set(record, scores.get(record) + FOCUS_WEIGHT * count / rows.rowsOf.get(record).length);
    return {scores, allowed, closed, matched};
  };

  /** Score the texts of records. A word that a concept explains counts the more, the fewer say it. A match in a name counts as much as three in texts. */
  const scoreTexts = (meta, {query, files, unexplained}) => {
    const scores = new Map(), nameWeights = new Map(), named = [], said = []; // for each word the records that say it, or null if too many do
    let total = 0, unexplainedTotal = 0;
    query.forEach((variants, position) => {
      const isUnexplained = unexplained.includes(position), weights = new Map(), inNames = new Map();
      let maxWeight = 0, rarity = 0;
      said[position] = new Set();
      for (const [term, quality] of variants) {
        const entry = findTerm(files, term);
        if (!entry?.frequency) continue;
        if (quality >= STEM && said[position]) said[position] = entry.frequency > entry.names.length + entry.texts.length ? null : new Set([...said[position], ...entry.names, ...entry.texts]);
        const weight = Math.log(1 + meta.records / (1 + entry.frequency));
        maxWeight = Math.max(maxWeight, weight);
        if (quality === SAME) rarity = Math.max(0, 1 - (entry.frequency - 1) / (RARE_SHARE * meta.records));
        for (const record of entry.names) { setMax(weights, record, weight * quality); setMax(inNames, record, weight * quality); }
        for (const record of entry.texts) setMax(weights, record, weight * quality / 3);
      }
      const share = isUnexplained ? 1 : UNDERSTOOD_FACTOR + (1 - UNDERSTOOD_FACTOR) * rarity;
      total += maxWeight || (isUnexplained ? 3 : 0);
      if (isUnexplained) unexplainedTotal += maxWeight;
      for (const [record, weight] of weights) scores.set(record, (scores.get(record) ?? 0) + weight * share);
      named[position] = inNames;
      for (const [record, weight] of inNames) nameWeights.set(record, (nameWeights.get(record) ?? 0) + weight);
    });
    for (const [record, weight] of scores) scores.set(record, NAME_WEIGHT * weight / (total || 1));
    return {scores, nameWeights, named, total, said, isMostlyText: unexplainedTotal > total * 0.6};
  };

  /** Return the records by score. Of those that are known to be closed on the `days`, only those that the query names. */
  const rank = (meta, query, rows, filters, days) => {
    const {scores, allowed, closed, matched} = rows ? scoreRows(meta, query.understood, rows, filters, days) : {scores: new Map(), allowed: new Set(), closed: new Set()};
    if (!query.terms.length && filters.length) for (const record of allowed) setMax(scores, record, 1);
    const {scores: textScores, nameWeights, named, total, said, isMostlyText} = scoreTexts(meta, query);
    const asked = findAsked(query.understood);
    const saysWords = (record) => asked.some(({places}) => places.some((place) => said[place]?.has(record)) && places.every((place) => said[place]?.has(record) ?? true));
    const listPlaces = (matches) => matches.flatMap(({places}) => places), dayPlaces = listPlaces(query.understood.filter(({kind}) => kind === 'day'));
    const ownPlaces = [...query.terms.keys()].filter((place) => !dayPlaces.includes(place)), askedPlaces = listPlaces(asked);
    // "Fresh Wheels sunday" names an organization, "food sunday" does not.
    const isNamed = (record) => query.exact.has(record) || (ownPlaces.every((place) => named[place].has(record)) && ownPlaces.some((place) => !askedPlaces.includes(place)));
    for (const [record, score] of textScores) {
      if (filters.length && !allowed.has(record)) continue;
      const share = (nameWeights.get(record) ?? 0) / total; // of the query, by the weight of its words, that the name has
      if (closed.has(record) && !allowed.has(record) && !isNamed(record)) continue;
      const saysRest = isMostlyText && query.unexplained.every((place) => said[place]?.has(record)); // a street is more than its word "street"
      if (asked.length && !scores.has(record) && share < 0.5 && !query.exact.has(record) && record < meta.partners && !saysRest && !saysWords(record)) continue;
      const bonus = query.exact.has(record) ? EXACT_NAME : saysRest || (query.terms.length > 1 && share > 0.7) || (dayPlaces.length && isNamed(record)) ? WHOLE_NAME_BONUS : 0;
      scores.set(record, (scores.get(record) ?? 0) + score + bonus);
    }
    return {matched, said, ranked: [...scores].filter(([, score]) => score > 0).sort((a, b) => b[1] - a[1] || a[0] - b[0])};
  };

  /** Return the number of results that each concept would leave as a filter. */
  const countByConcept = (rows, ranked, matched) => {
    const counts = {};
    for (const concept of rows?.concepts ?? []) {
      const column = rows.column(concept);
      const number = ranked.filter(([record]) => rows.rowsOf.get(record)?.some((row) => matched[row] && column[row])).length;
      if (number) counts[concept] = number;
    }
    return counts;
  };

  const loadHits = async (meta, ranked, terms, rows, said) => {
    const files = new Map();
    await Promise.all(ranked.map(async ([record]) => {
      const number = Math.floor(record / meta.cards);
      files.set(number, checkGeneration(meta, await load(`cards-${language}-${number}.json`)));
    }));
    return ranked.map(([record]) => {
      const [slug, title, titleLanguage, name, summary, summaryLanguage, towns, phones, status] = files.get(Math.floor(record / meta.cards)).cards[record % meta.cards];
      const named = tokenize(`${title} ${name}`).some((term) => terms.some((word) => term.startsWith(word)));
      const own = rows?.rowsOf.get(record) ?? [];
      const concepts = rows?.concepts.filter((concept) => own.some((row) => rows.column(concept)[row])) ?? [];
      return {slug, named, concepts, places: [...terms.keys()].filter((place) => said[place]?.has(record)), title, titleLanguage, name, summary, summaryLanguage, towns, phones, status};
    });
  };

  const runSearch = async (typed, {filters = [], limit = 10, counts = false, ...options} = {}) => {
    const meta = await loadStart();
    const prefetch = meta.blocks ? null : loadRows(meta, []);
    prefetch?.catch(() => {});
    const interpreted = await interpret(meta, String(typed ?? ''), options);
    const concepts = [...filters, ...interpreted.understood.map((match) => match.kind === 'need' ? `type:${meta.needs[match.id]?.[0]}` : match.concept)];
    const rows = await (prefetch ?? loadRows(meta, concepts));
    const query = leaveOutMissing(meta, interpreted, rows);
    // A day is a filter, but not beside a cry for help, and not if it would leave nobody.
    const days = query.understood.some(({kind}) => kind === 'need') ? [] : query.understood.filter(({kind, strength}) => kind === 'day' && strength >= SURE_DAY).map(({concept}) => concept);
    const onDays = rows && days.length ? rank(meta, query, rows, filters, days) : null;
    const {ranked, matched, said} = onDays?.matched.some(Boolean) ? onDays : rank(meta, query, rows, filters, []);
    const isArticle = ([record]) => record >= meta.partners;
    const partners = ranked.filter((entry) => !isArticle(entry)), {corrected, terms, spellings, missing} = query;
    const [hits, articles] = await Promise.all([partners.slice(0, limit), ranked.filter(isArticle).slice(0, MAX_ARTICLES)].map((entries) => loadHits(meta, entries, terms, rows, said)));
    return {total: partners.length, hits, articles, understood: interpreted.understood, missing, corrected, terms, spellings, ...(counts ? {counts: countByConcept(rows, partners, matched)} : {})};
  };

  return {
    /** Fetch what every search needs. Call it when the reader is about to type. */
    prepare: () => loadStart().then((meta) => meta.blocks ? null : load('rows.txt')).then(() => {}, () => {}),
    /** Return the labels of concepts in the reader's language: a Map from "type:food" to "Food". */
    labels: () => load(`labels-${language}.txt`).then((file) => file.labels, () => new Map()),
    /** `filters` are concepts. Return {total, hits: [{slug, …}], articles: [{slug, …}], understood: [{kind, id, …}], missing, problem?}. Never throw. */
    search: async (text, options) => {
      for (const attempt of [1, 2]) {
        try {
          return await runSearch(text, options);
        } catch (error) {
          forget({cache: 'reload'}); // the guide may have been published meanwhile, so read it once more
          parsedTerms = new Map();
          if (attempt === 2) return {total: 0, hits: [], articles: [], understood: [], missing: [], corrected: [], terms: [], problem: error.message};
        }
      }
    },
  };
};

export {tokenize};
