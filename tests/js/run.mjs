// Runs a script of the pages with questions from standard input, for tests in Python. node run.mjs WHAT
import {readFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';

const from = (name) => import(new URL(`../../static/js/${name.includes('/') ? name : `search/${name}`}.js`, import.meta.url));
const asked = JSON.parse(readFileSync(0, 'utf8'));

const answers = {
  opening: async () => {
    const {read, status, wall} = await from('./opening');
    return asked.map(({rules, zone, at}) => {
      const found = status(read(rules), wall(new Date(at), zone));
      return found && {...found, ends: found.ends === Infinity ? null : found.ends};
    });
  },
  analysis: async () => {
    const {cut} = await from('analysis');
    const pairs = new Map(asked.pairs);
    return asked.texts.map((text) => cut(text, pairs));
  },
  likeness: async () => {
    const {likeness, distance} = await from('reader');
    return asked.map(([typed, word, last]) => [likeness(typed, word, last), distance(typed, word, 2)]);
  },
  reader: async () => {
    const {read} = await from('reader');
    const phrases = asked.phrases.map(([key, concept, language, terms]) => ({key, concept, language, terms}));
    const byTerm = new Map();
    for (const phrase of phrases) for (const term of new Set(phrase.terms.map(([word]) => word))) (byTerm.get(term) ?? byTerm.set(term, []).get(term)).push(phrase);
    return asked.queries.map(({query, language, source, spellings}) => read(query, (term) => byTerm.get(term) ?? [], {language, source, spellings})
      .understood.map(({concept, share, strength, places}) => [concept, share, strength, places]));
  },
  engine: async () => {
    // {folder, language, searches: [[text, options]], damage: {name: "missing" | "text"}, offline}
    const {openSearch} = await from('engine');
    const found = [];
    for (const one of asked) {
      const requests = [];
      let waiting = 0, trips = 0;
      const fetch = async (address) => {
        requests.push(address);
        if (!waiting) trips += 1; // what is asked for while something is under way comes with it
        waiting += 1;
        await new Promise((done) => setTimeout(done, 5));
        waiting -= 1;
        if (one.offline) throw new TypeError('no network');
        const name = address.replace(one.base ?? '/', '');
        const damage = Object.entries(one.damage ?? {}).find(([part]) => name.includes(part))?.[1];
        if (damage === 'missing') return {ok: false, status: 404};
        const text = damage ?? await readFile(`${one.folder}/${name}`, 'utf8').catch(() => null);
        return text === null ? {ok: false, status: 404} : {ok: true, status: 200, text: async () => text};
      };
      const search = openSearch({base: one.base ?? '/', language: one.language, fetch});
      const answers = [];
      for (const [text, options] of one.searches) answers.push(await search.search(text, options));
      found.push({answers, requests, trips});
    }
    return found;
  },
};

process.stdout.write(JSON.stringify(await answers[process.argv[2]]()));
