// Published as sw.js by a guide that offers no offline copies: a browser that has an older worker replaces it with this one,
// which deletes all copies and unregisters itself.

const PREFIX = `guidegen ${new URL('./', self.location).pathname} `;

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
  await registration.unregister();
})()));
