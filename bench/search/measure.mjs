// Run the judged queries in an engine and print its results as JSON: node measure.mjs FOLDER ENGINE
import {readFile} from 'node:fs/promises';
import {existsSync} from 'node:fs';
import {gzipSync} from 'node:zlib';
import {performance} from 'node:perf_hooks';

const [folder, engine] = process.argv.slice(2);
const cases = JSON.parse(await readFile(`${folder}/cases.json`, 'utf8'));
const answers = [];

if (engine === 'guidegen') {
  const {openSearch} = await import(new URL('../../static/js/search/engine.js', import.meta.url));
  const bodies = new Map(), sizes = new Map();
  const body = async (name) => {
    if (!bodies.has(name)) {
      const text = existsSync(folder + name) ? await readFile(folder + name, 'utf8') : null;
      bodies.set(name, text);
      sizes.set(name, text === null ? 0 : gzipSync(text, {level: 9}).length);
    }
    return bodies.get(name);
  };
  const warm = new Map();
  for (const testCase of cases) {
    let bytes = 0, requests = 0, depth = 0, waiting = 0;
    const fetch = async (name) => {
      requests += 1;
      if (!waiting) depth += 1;
      waiting += 1;
      const text = await body(name);
      await new Promise((done) => setTimeout(done, 0));
      waiting -= 1;
      bytes += sizes.get(name);
      return text === null ? {ok: false, status: 404} : {ok: true, status: 200, text: async () => text};
    };
    const answer = await openSearch({base: '/', language: testCase.ui, fetch}).search(testCase.q);
    if (!warm.has(testCase.ui)) warm.set(testCase.ui, openSearch({base: '/', language: testCase.ui, fetch: async (name) => ({ok: true, text: () => body(name)})}));
    await warm.get(testCase.ui).search(testCase.q);
    const start = performance.now();
    await warm.get(testCase.ui).search(testCase.q);
    answers.push({slugs: answer.hits.map((hit) => hit.slug), total: answer.total, bytes, requests, depth, ms: performance.now() - start,
      understood: answer.understood.map((u) => `${u.concept}:${u.share.toFixed(2)}`), problem: answer.problem});
  }
} else if (engine === 'minisearch') {
  const {default: MiniSearch} = await import('minisearch');
  const pages = JSON.parse(await readFile(`${folder}/pages.json`, 'utf8'));
  const options = {fields: ['name', 'text'], storeFields: ['slug'], searchOptions: {boost: {name: 3}, prefix: true, fuzzy: (term) => term.length > 5 ? 0.25 : term.length > 3 ? 0.2 : 0}};
  const index = {}, bytes = {};
  const started = performance.now();
  for (const [language, list] of Object.entries(pages)) { index[language] = new MiniSearch(options); index[language].addAll(list); }
  const indexMs = performance.now() - started;
  for (const language of Object.keys(pages)) bytes[language] = gzipSync(JSON.stringify(index[language])).length;
  for (const testCase of cases) {
    index[testCase.ui].search(testCase.q);
    const start = performance.now();
    const hits = index[testCase.ui].search(testCase.q);
    answers.push({slugs: hits.slice(0, 10).map((hit) => hit.slug), total: hits.length, bytes: bytes[testCase.ui], requests: 1, ms: performance.now() - start, took: indexMs});
  }
}
process.stdout.write(JSON.stringify(answers));
