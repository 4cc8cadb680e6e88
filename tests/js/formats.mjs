// Reads files and writes them with the formats of the web editor: [{kind, text, changes, added}] in, texts out.
import { readFileSync } from 'node:fs';

const formats = {};
globalThis.CMS = { registerCustomFormat: (name, _, format) => { formats[name] = format; }, init() {} };
await import('../../templates/cms/formats.js');

const questions = JSON.parse(readFileSync(0, 'utf8'));
const texts = questions.map(({ kind, text, changes, added }) => {
  const format = formats[`guidegen-${kind}`];
  const values = JSON.parse(JSON.stringify(text ? format.fromFile(text) : {}));
  if (added) values.services = [...values.services, added];
  return format.toFile({ ...values, ...changes });
});
process.stdout.write(JSON.stringify(texts));
