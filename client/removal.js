// Published as sw.js by a guide that offers no copies: a browser that has an older worker takes this one in its place,
// and with it every copy and the worker itself go.

const PREFIX = `guidegen ${new URL('./', self.location).pathname} `;

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
  await registration.unregister();
})()));
