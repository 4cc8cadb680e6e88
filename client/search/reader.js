// Finds the concepts that a query asks for. The twin of src/guidegen/search/query_reader.py and similarity.py; both are tested
// with the same queries. A phrase is {concept, language, key, terms: [[term, weight, word], …]}. A query has a list of variants
// for each of its terms; a variant is [term, quality]. The quality of the term that was typed is 1.

export const SAME = 1, STEM = 0.88, PREFIX = 0.8, BEGUN = 0.7, ONE_EDIT = 0.8, TWO_EDITS = 0.62;
const UNCHANGING = new Set(['vi']); // languages whose words have one form
// Concepts that frighten or expose people who did not ask for them. Only a name that surely is meant leads to one.
const GRAVE = /^(need:(danger|suicide|violence|raid|overdose|forced-work)|type:family-safety|fact:(lgbtq-people|survivors))$/;
const MIN_GRAVE_QUALITY = 0.8, MIN_GRAVE_SHARE = 0.75;
const FULL = 0.99, PARTIAL = 0.5, HINT = 0.3, SURE = 0.5;

const getKind = (concept) => concept.slice(0, concept.indexOf(':'));

/** Return whether two words look like forms of one word: they have a long common beginning. */
export const sameStem = (word, other) => {
  if (word.length < 4 || other.length < 4) return false;
  const minLength = Math.min(word.length, other.length);
  let shared = 0;
  while (shared < minLength && word[shared] === other[shared]) shared += 1;
  return shared >= 4 && shared / Math.max(word.length, other.length) >= 0.6 && minLength - shared <= 3;
};

/** Return the Damerau distance (insert, delete, change, swap neighbors) if it is at most `max`, else `max + 1`. */
export const distance = (word, other, max) => {
  const width = other.length;
  if (Math.abs(word.length - width) > max) return max + 1;
  let beforeLast = [], last = Array.from({length: width + 1}, (_, column) => column);
  for (let row = 1; row <= word.length; row += 1) {
    const current = [row];
    let min = row;
    for (let column = 1; column <= width; column += 1) {
      const cost = word[row - 1] === other[column - 1] ? 0 : 1;
      let value = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost);
      if (row > 1 && column > 1 && word[row - 1] === other[column - 2] && word[row - 2] === other[column - 1]) value = Math.min(value, beforeLast[column - 2] + 1);
      current.push(value);
      if (value < min) min = value;
    }
    if (min > max) return max + 1;
    beforeLast = last;
    last = current;
  }
  return last[width];
};

/** Return how likely a typed word means a known one, 0 to 1. Only the last word of a query may be the beginning of another. */
export const similarity = (typed, word, isLast) => {
  if (typed === word) return SAME;
  if (sameStem(typed, word)) return STEM;
  if (isLast && typed.length > 1 && word.startsWith(typed)) return PREFIX;
  const max = typed.length >= 6 ? 2 : typed.length >= 4 ? 1 : 0;
  if (!max) return 0;
  const edits = distance(typed, word, max);
  if (edits === 1) return ONE_EDIT;
  return edits === 2 && max === 2 ? TWO_EDITS : 0;
};

/** Align a phrase with the part of the query that fits it best. A match is [position in the query, slot in the phrase, quality]. */
const align = (phrase, matches) => {
  const size = phrase.terms.length;
  const total = phrase.terms.reduce((sum, [, weight]) => sum + weight, 0);
  const starts = [...new Set(matches.map(([position]) => position))];
  let best = null;
  for (const start of starts) {
    const slots = new Map(), used = new Set();
    for (const [position, slot, quality] of matches) {
      if (position < start || position >= start + size + (size > 1 ? 1 : 0) || used.has(position)) continue;
      if (!slots.has(slot)) { slots.set(slot, [position, quality]); used.add(position); }
    }
    let covered = 0, value = 0, ordered = true, previous = -1;
    for (const [slot, [position, quality]] of [...slots].sort((a, b) => a[0] - b[0])) {
      covered += phrase.terms[slot][1];
      value += phrase.terms[slot][1] * quality;
      ordered &&= position > previous;
      previous = position;
    }
    const share = covered / total, quality = value / covered;
    const minWeight = share >= FULL ? quality * (1 + 0.15 * (size - 1)) : 0; // a whole name says more than one of its words
    const weight = Math.max(value, minWeight) * (ordered ? 1 : 0.95);
    if (!best || weight > best.weight) best = {places: [...used].sort((a, b) => a - b), share, quality, weight, ordered};
  }
  return best;
};

const stripAccents = (text = '') => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd');

/** Return a factor for how well the accents of a name fit what was typed: people who type accents mean them. */
const accentFactor = (word, typed, hasAccents, isOwnLanguage) => {
  if (!word || !typed || word === typed || stripAccents(word) !== stripAccents(typed)) return 1;
  return typed !== stripAccents(typed) ? 0.7 : hasAccents ? (isOwnLanguage ? 0.85 : 0.4) : 0.95;
};

const isExact = (reading) => reading.share >= FULL && reading.quality > 0.94;
const isHelp = ({kind}) => kind === 'type' || kind === 'need';

/** Return every reading of the query: a phrase, the positions that it explains, and its score. */
const findReadings = (query, phrasesOf, {language, source, isLatin, spellings = []}) => {
  const matchesByPhrase = new Map();
  const hasAccents = spellings.some((spelling) => spelling !== stripAccents(spelling));
  query.forEach((variants, position) => variants.forEach(([term, quality]) => {
    const languages = quality < SAME && variants[0][1] === SAME ? new Set(phrasesOf(variants[0][0]).map((phrase) => phrase.language)) : null;
    for (const phrase of phrasesOf(term)) {
      if (languages?.size && !languages.has(phrase.language)) continue; // a word of one language has no forms in another
      phrase.terms.forEach(([other, , word], slot) => {
        if (other !== term || (quality === STEM && UNCHANGING.has(phrase.language))) return;
        if (quality === BEGUN && phrase.terms.length < 2) return; // a complete word is rarely the beginning of another
        const value = quality * accentFactor(word, spellings[position], hasAccents, phrase.language === language);
        if ((quality === STEM || value < (term.length < 6 ? STEM : PREFIX)) && /^(lang|area)/.test(phrase.concept)) return; // many words resemble a proper name
        if (phrase.concept.startsWith('not:') && quality < SAME) return;
        if (GRAVE.test(phrase.concept) && (value < MIN_GRAVE_QUALITY || quality < (phrase.terms.length < 2 ? SAME : STEM))) return; // "grape" is no misspelled rape
        if (!matchesByPhrase.has(phrase)) matchesByPhrase.set(phrase, []);
        matchesByPhrase.get(phrase).push([position, slot, value]);
      });
    }
  }));
  // Most people write a query in one language: the one that knows most of its words.
  const known = new Map();
  for (const [phrase, matches] of matchesByPhrase) {
    const positions = known.get(phrase.language) ?? known.set(phrase.language, new Set()).get(phrase.language);
    for (const [position, , value] of matches) if (value >= STEM * 0.85) positions.add(position);
  }
  const maxKnown = Math.max(1, ...[...known.values()].map((positions) => positions.size));
  const readings = [];
  for (const [phrase, matches] of matchesByPhrase) {
    const fit = align(phrase, matches);
    const languageFactor = (phrase.language === language ? 1 : phrase.language === source ? 0.97 : 0.94) * (0.6 + 0.4 * known.get(phrase.language).size / maxKnown);
    const strength = fit.share >= FULL ? fit.quality : fit.share >= PARTIAL ? fit.share * fit.share * fit.quality * 0.9 : fit.share * fit.quality * 0.35;
    const kind = getKind(phrase.concept);
    if (fit.share < HINT || ((kind === 'fact' || kind === 'not') && (!fit.ordered || fit.share < FULL))) continue; // "ID without" is not "without ID", and neither is "ID"
    if (fit.share < MIN_GRAVE_SHARE && GRAVE.test(phrase.concept)) continue;
    if (isLatin && phrase.language !== language && !fit.places[1] && /^[a-z]{1,3}$/.test(query[fit.places[0]][0][0])) continue; // Vietnamese "bị" is not English "bi"
    readings.push({concept: phrase.concept, kind, key: phrase.key, strength, score: fit.weight * strength * languageFactor, ...fit});
  }
  const harmless = readings.filter((reading) => reading.kind === 'not');
  const isHarmless = ({concept, places}) => GRAVE.test(concept) && harmless.some((other) => places.every((place) => other.places.includes(place)));
  return readings.filter((reading) => reading.kind !== 'not' && !isHarmless(reading)).sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
};

/**
 * Return the concepts of a query with their strengths, and the positions that no concept explains. The share of the best
 * concept of each kind is 1. The longest reading wins a word; others fade.
 */
export const readQuery = (query, phrasesOf, options) => {
  const readings = findReadings(query, phrasesOf, options);
  const clear = readings.filter((reading) => reading.share >= FULL && reading.strength >= 0.85);
  const winners = [], faded = [];
  for (const reading of readings) {
    if (reading.share < PARTIAL && reading.places.every((place) => winners.some((winner) => winner.places.includes(place)))) continue;
    // "Interpreter" or "for children" is a fact about access if other words name the kind of help.
    const isFactToo = reading.kind === 'type' && clear.some((other) => other.kind === 'fact' && reading.places.every((place) => other.places.includes(place)));
    const isFact = isFactToo && clear.some((other) => other.kind === 'type' && other.concept !== reading.concept && !other.places.some((place) => reading.places.includes(place)));
    let fade = isFact ? 0.3 : 1;
    for (const winner of winners) {
      if (winner.concept === reading.concept || winner.weight <= reading.weight * 1.02 || (isExact(reading) && !isExact(winner)) || !reading.places.some((place) => winner.places.includes(place))) continue;
      fade = Math.min(fade, isHelp(reading) ? (isHelp(winner) ? 0.25 : 0.3) : winner.kind === reading.kind ? 0.25 : 0.7);
    }
    if (fade === 1 && reading.kind !== 'answer') winners.push(reading);
    if (reading.kind === 'answer' || (reading.kind === 'need' && GRAVE.test(reading.concept))) fade = 1; // pinned answers and cries for help do not compete
    faded.push([reading.score * fade, fade, reading]);
  }
  const evidenceOf = new Map();
  for (const [score, fade, reading] of faded.sort((a, b) => b[0] - a[0] || (a[2].key < b[2].key ? -1 : 1))) {
    if (!evidenceOf.has(reading.concept)) evidenceOf.set(reading.concept, {concept: reading.concept, kind: reading.kind, value: 0, strength: 0, places: new Set()});
    const evidence = evidenceOf.get(reading.concept);
    const newPlaces = reading.places.filter((place) => !evidence.places.has(place));
    if (!newPlaces.length) continue;
    evidence.value += score * (newPlaces.length / reading.places.length);
    evidence.strength = Math.max(evidence.strength, reading.strength * fade);
    newPlaces.forEach((place) => evidence.places.add(place));
  }
  const understood = [];
  const explained = new Set();
  const sure = [...evidenceOf.values()].filter((evidence) => evidence.kind === 'type' || evidence.strength >= 0.55);
  const maxValue = Math.max(SURE, ...sure.filter(isHelp).map((evidence) => evidence.value));
  for (const kind of ['type', 'need', 'fact', 'day', 'lang', 'area', 'answer']) {
    for (const evidence of sure.filter((other) => other.kind === kind).sort((a, b) => b.value - a.value)) {
      const share = isHelp(evidence) ? evidence.value / maxValue : evidence.strength;
      if (share < 0.3 && !GRAVE.test(evidence.concept)) continue;
      understood.push({concept: evidence.concept, kind, id: evidence.concept.slice(kind.length + 1), share, strength: evidence.strength, places: [...evidence.places].sort((a, b) => a - b)});
      if (evidence.strength >= 0.3) evidence.places.forEach((place) => explained.add(place));
    }
  }
  return {understood, unexplained: query.map((_, place) => place).filter((place) => !explained.has(place))};
};
