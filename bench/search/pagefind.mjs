// Index pages with Pagefind: node pagefind.mjs FOLDER
import {readFile} from 'node:fs/promises';
import {performance} from 'node:perf_hooks';
import {close, createIndex} from 'pagefind';

const [folder] = process.argv.slice(2);
const pages = JSON.parse(await readFile(`${folder}/pages.json`, 'utf8'));
const started = performance.now();
const {index} = await createIndex();
for (const [language, list] of Object.entries(pages)) {
  for (const {slug, name, text} of list) {
    await index.addCustomRecord({url: `/${language}/${slug}/`, content: `${name}. ${text}`, language, meta: {title: name, slug}});
  }
}
await index.writeFiles({outputPath: `${folder}/pagefind`});
process.stdout.write(JSON.stringify({took: performance.now() - started}));
await close();
