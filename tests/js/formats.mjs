// Reads files and writes them again by the formats of the editor on the web: [{kind, text, changes}] in, texts out.
import { readFileSync } from 'node:fs';

const formats = {};
globalThis.CMS = { registerCustomFormat: (name, _, format) => { formats[name] = format; }, init() {} };
await import('../../templates/cms/formats.js');

const asked = JSON.parse(readFileSync(0, 'utf8'));
const answers = asked.map(({ kind, text, changes, added }) => {
  const format = formats[`guidegen-${kind}`];
  const values = JSON.parse(JSON.stringify(text ? format.fromFile(text) : {}));
  if (added) values.services = [...values.services, added];
  return format.toFile({ ...values, ...changes });
});
process.stdout.write(JSON.stringify(answers));
