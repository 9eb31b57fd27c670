/**
 * The page behind the link. It trades the secret in its fragment for the session cookie and then
 * takes its own place in the history, so that the secret is in no address bar. Without a secret it
 * goes on when the browser is signed in already: a link from another site brings no Strict cookie.
 */
export const enterPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="color-scheme" content="dark light" />
    <title>Pocketlens Studio</title>
    <link rel="icon" href="data:," />
    <script src="/enter.js" defer></script>
    <style>
      body { font: 16px/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 34rem; padding: 0 1rem; }
    </style>
  </head>
  <body>
    <h1>Pocketlens Studio</h1>
    <p id="status">Opening …</p>
    <noscript>Pocketlens Studio needs JavaScript.</noscript>
  </body>
</html>
`;

export const enterScript = `const token = new URLSearchParams(location.hash.slice(1)).get('token');
history.replaceState(null, '', '/enter');
const answer = token
  ? fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
  : fetch('/session');
answer.then(
  async (response) => {
    if (response.ok) return location.replace('/');
    const { message, remedy } = await response.json();
    document.querySelector('#status').textContent = message + ' ' + remedy;
  },
  () => {
    document.querySelector('#status').textContent =
      'Pocketlens Studio does not answer. Start it again and open the link that it prints.';
  },
);
`;
