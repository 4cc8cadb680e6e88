// Runs functions of the site's scripts for tests in Python: node run.mjs RUNNER. Reads questions and writes answers as JSON.
import {readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';

const importScript = (path) => import(new URL(`../../static/js/${path}.js`, import.meta.url));
const importSource = (path) => import(new URL(`../../client/${path}.js`, import.meta.url));
const questions = JSON.parse(readFileSync(0, 'utf8'));

const runners = {
  opening: async () => {
    const {openingStatus, parseRules, toWallTime} = await importSource('opening-hours');
    return questions.map(({rules, zone, at}) => {
      const status = openingStatus(parseRules(rules), toWallTime(new Date(at), zone));
      return status && {...status, ends: status.ends === Infinity ? null : status.ends};
    });
  },
  analysis: async () => {
    const {tokenize} = await importSource('search/analysis');
    const pairs = new Map(questions.pairs);
    return questions.texts.map((text) => tokenize(text, pairs));
  },
  similarity: async () => {
    const {distance, similarity} = await importSource('search/reader');
    return questions.map(([typed, word, isLast]) => [similarity(typed, word, isLast), distance(typed, word, 2)]);
  },
  reader: async () => {
    const {readQuery} = await importSource('search/reader');
    const phrases = questions.phrases.map(([key, concept, language, terms]) => ({key, concept, language, terms}));
    const phrasesByTerm = new Map();
    for (const phrase of phrases) for (const term of new Set(phrase.terms.map(([word]) => word))) (phrasesByTerm.get(term) ?? phrasesByTerm.set(term, []).get(term)).push(phrase);
    return questions.queries.map(({query, language, source, isLatin, spellings}) => readQuery(query, (term) => phrasesByTerm.get(term) ?? [], {language, source, isLatin, spellings})
      .understood.map(({concept, share, strength, places}) => [concept, share, strength, places]));
  },
  engine: async () => {
    // A question is {folder, language, searches: [[text, options]], damage: {name: "missing" | "text"}, offline}.
    const {openSearch} = await importScript('search/engine');
    const results = [];
    for (const question of questions) {
      const requests = [];
      let pending = 0, trips = 0;
      const fetch = async (address) => {
        requests.push(address);
        if (!pending) trips += 1; // requests that overlap are one round trip
        pending += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
        pending -= 1;
        if (question.offline) throw new TypeError('no network');
        const name = address.replace(question.base ?? '/', '');
        const damage = Object.entries(question.damage ?? {}).find(([part]) => name.includes(part))?.[1];
        if (damage === 'missing') return {ok: false, status: 404};
        const text = damage ?? await readFile(`${question.folder}/${name}`, 'utf8').catch(() => null);
        return text === null ? {ok: false, status: 404} : {ok: true, status: 200, text: async () => text};
      };
      const search = openSearch({base: question.base ?? '/', language: question.language, fetch});
      const answers = [];
      for (const [text, options] of question.searches) answers.push(await search.search(text, options));
      results.push({answers, requests, trips});
    }
    return results;
  },
};

process.stdout.write(JSON.stringify(await runners[process.argv[2]]()));
