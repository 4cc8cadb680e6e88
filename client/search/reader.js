// What a query asks for: the twin of src/guidegen/search/reader.py, held to the same examples.
// A phrase is {concept, language, terms: [[term, weight], …]}; a query is a list of variants for each of its terms,
// each variant [term, quality], with quality 1 for the term as it was typed.

export const SAME = 1, STEM = 0.88, PREFIX = 0.8, BEGUN = 0.7, ONE_EDIT = 0.8, TWO_EDITS = 0.62;
const UNCHANGING = new Set(['vi']); // whose words have one form
const FULL = 0.99, PARTIAL = 0.5, HINT = 0.3, SURE = 0.5;

const kindOf = (concept) => concept.slice(0, concept.indexOf(':'));

/** Whether two words look like forms of one word: a long common beginning. */
export const sameStem = (one, other) => {
  if (one.length < 4 || other.length < 4) return false;
  const least = Math.min(one.length, other.length);
  let shared = 0;
  while (shared < least && one[shared] === other[shared]) shared += 1;
  return shared >= 4 && shared / Math.max(one.length, other.length) >= 0.6 && least - shared <= 3;
};

/** Damerau's distance (insert, delete, change, swap neighbours) if it is at most `most`, else `most + 1`. */
export const distance = (one, other, most) => {
  const width = other.length;
  if (Math.abs(one.length - width) > most) return most + 1;
  let older = [], before = Array.from({length: width + 1}, (_, place) => place);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    let best = row;
    for (let place = 1; place <= width; place += 1) {
      const cost = one[row - 1] === other[place - 1] ? 0 : 1;
      let value = Math.min(before[place] + 1, now[place - 1] + 1, before[place - 1] + cost);
      if (row > 1 && place > 1 && one[row - 1] === other[place - 2] && one[row - 2] === other[place - 1]) value = Math.min(value, older[place - 2] + 1);
      now.push(value);
      if (value < best) best = value;
    }
    if (best > most) return most + 1;
    older = before;
    before = now;
  }
  return before[width];
};

/** What a word of the vocabulary is worth as a reading of a typed one; 0 when it is none. */
export const likeness = (typed, word, last) => {
  if (typed === word) return SAME;
  if (sameStem(typed, word)) return STEM;
  if (last && typed.length > 1 && word.startsWith(typed)) return PREFIX;
  const most = typed.length >= 6 ? 2 : typed.length >= 4 ? 1 : 0;
  if (!most) return 0;
  const edits = distance(typed, word, most);
  if (edits === 1) return ONE_EDIT;
  return edits === 2 && most === 2 ? TWO_EDITS : 0;
};

const align = (phrase, matches) => {
  const size = phrase.terms.length;
  const total = phrase.terms.reduce((sum, [, weight]) => sum + weight, 0);
  const starts = [...new Set(matches.map(([place]) => place))];
  let best = null;
  for (const start of starts) {
    const chosen = new Map(), used = new Set();
    for (const [place, slot, value] of matches) {
      if (place < start || place >= start + size + (size > 1 ? 1 : 0) || used.has(place)) continue;
      if (!chosen.has(slot)) { chosen.set(slot, [place, value]); used.add(place); }
    }
    let covered = 0, worth = 0, ordered = true, before = -1;
    for (const [slot, [place, value]] of [...chosen].sort((a, b) => a[0] - b[0])) {
      covered += phrase.terms[slot][1];
      worth += phrase.terms[slot][1] * value;
      ordered &&= place > before;
      before = place;
    }
    const share = covered / total, quality = worth / covered;
    const least = share >= FULL ? quality * (1 + 0.15 * (size - 1)) : 0; // a whole name says more than one of its words
    const weight = Math.max(worth, least) * (ordered ? 1 : 0.95);
    if (!best || weight > best.weight) best = {places: [...used].sort((a, b) => a - b), share, quality, weight, ordered};
  }
  return best;
};

const bare = (text = '') => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd');

/** How well the accents of a name fit what was typed: who types accents means them. */
const accents = (spelling, typed, marked, near) => {
  if (!spelling || !typed || spelling === typed || bare(spelling) !== bare(typed)) return 1;
  return typed !== bare(typed) ? 0.7 : marked ? (near ? 0.85 : 0.4) : 0.95;
};

const exact = (one) => one.share >= FULL && one.quality > 0.94;
const isHelp = ({kind}) => kind === 'type' || kind === 'need';

/** Every reading of the query: which phrase, by which of its terms, how strongly. */
const readings = (query, phrasesOf, {language, source, spellings = []}) => {
  const found = new Map();
  const marked = spellings.some((spelling) => spelling !== bare(spelling));
  query.forEach((variants, place) => variants.forEach(([term, quality]) => {
    const spoken = quality < SAME && variants[0][1] === SAME ? new Set(phrasesOf(variants[0][0]).map((phrase) => phrase.language)) : null;
    for (const phrase of phrasesOf(term)) {
      if (spoken?.size && !spoken.has(phrase.language)) continue; // a word of one language has no forms in another
      phrase.terms.forEach(([word, , spelling], slot) => {
        if (word !== term || (quality === STEM && UNCHANGING.has(phrase.language))) return;
        if (quality === BEGUN && phrase.terms.length < 2) return; // a word by itself is what it is, not the beginning of another
        const value = quality * accents(spelling, spellings[place], marked, phrase.language === language);
        if ((quality === STEM || value < (term.length < 6 ? STEM : PREFIX)) && /^(lang|area)/.test(phrase.concept)) return; // many words are near a name
        if (!found.has(phrase)) found.set(phrase, []);
        found.get(phrase).push([place, slot, value]);
      });
    }
  }));
  // Most people write a query in one language: that in which most of its words are known.
  const known = new Map();
  for (const [phrase, matches] of found) {
    const places = known.get(phrase.language) ?? known.set(phrase.language, new Set()).get(phrase.language);
    for (const [place, , value] of matches) if (value >= STEM * 0.85) places.add(place);
  }
  const most = Math.max(1, ...[...known.values()].map((places) => places.size));
  const all = [];
  for (const [phrase, matches] of found) {
    const fit = align(phrase, matches);
    const near = (phrase.language === language ? 1 : phrase.language === source ? 0.97 : 0.94) * (0.6 + 0.4 * known.get(phrase.language).size / most);
    const strength = fit.share >= FULL ? fit.quality : fit.share >= PARTIAL ? fit.share * fit.share * fit.quality * 0.9 : fit.share * fit.quality * 0.35;
    const kind = kindOf(phrase.concept);
    if (fit.share < HINT || (kind === 'fact' && (!fit.ordered || fit.share < FULL))) continue; // "ID without" is not "without ID", and neither is "ID"
    all.push({concept: phrase.concept, kind, key: phrase.key, hint: fit.share < PARTIAL, strength, score: fit.weight * strength * near, ...fit});
  }
  return all.sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
};

/**
 * The concepts of a query with their strengths, the best of each kind 1, and the places that no concept explains.
 * The longest reading wins a word; weaker ones fade.
 */
export const read = (query, phrasesOf, options) => {
  const all = readings(query, phrasesOf, options);
  const clear = all.filter((one) => one.share >= FULL && one.strength >= 0.85);
  const winners = [], faded = [];
  for (const one of all) {
    if (one.hint && one.places.every((place) => winners.some((other) => other.places.includes(place)))) continue;
    // "Interpreter" or "for children" is a fact about access when something else says the kind of help.
    const alsoFact = one.kind === 'type' && clear.some((other) => other.kind === 'fact' && one.places.every((place) => other.places.includes(place)));
    const elsewhere = alsoFact && clear.some((other) => other.kind === 'type' && other.concept !== one.concept && !other.places.some((place) => one.places.includes(place)));
    let fade = elsewhere ? 0.3 : 1;
    for (const other of winners) {
      if (other.concept === one.concept || other.weight <= one.weight * 1.02 || (exact(one) && !exact(other)) || !one.places.some((place) => other.places.includes(place))) continue;
      fade = Math.min(fade, isHelp(one) ? (isHelp(other) ? 0.25 : 0.3) : other.kind === one.kind ? 0.25 : 0.7);
    }
    if (one.kind === 'answer') fade = 1; // what editors pin stands beside every reading
    else if (fade === 1) winners.push(one);
    faded.push([one.score * fade, fade, one]);
  }
  const told = new Map();
  for (const [score, fade, one] of faded.sort((a, b) => b[0] - a[0] || (a[2].key < b[2].key ? -1 : 1))) {
    if (!told.has(one.concept)) told.set(one.concept, {concept: one.concept, kind: one.kind, value: 0, strength: 0, places: new Set()});
    const sofar = told.get(one.concept);
    const fresh = one.places.filter((place) => !sofar.places.has(place));
    if (!fresh.length) continue;
    sofar.value += score * (fresh.length / one.places.length);
    sofar.strength = Math.max(sofar.strength, one.strength * fade);
    fresh.forEach((place) => sofar.places.add(place));
  }
  const understood = [];
  const explained = new Set();
  const sure = [...told.values()].filter((one) => one.kind === 'type' || one.strength >= 0.55);
  const most = Math.max(SURE, ...sure.filter(isHelp).map((one) => one.value));
  for (const kind of ['type', 'need', 'fact', 'lang', 'area', 'answer']) {
    const some = sure.filter((one) => one.kind === kind).sort((a, b) => b.value - a.value);
    for (const one of some) {
      const share = isHelp(one) ? one.value / most : one.strength;
      if (share < 0.3) continue;
      understood.push({concept: one.concept, kind, id: one.concept.slice(kind.length + 1), share, strength: one.strength, places: [...one.places].sort((a, b) => a - b)});
      if (one.strength >= 0.3) one.places.forEach((place) => explained.add(place));
    }
  }
  return {understood, unexplained: query.map((_, place) => place).filter((place) => !explained.has(place))};
};
