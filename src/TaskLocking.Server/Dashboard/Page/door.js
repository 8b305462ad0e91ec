// Who types the token sends it in a body: it stands in no address. What is refused is said; nothing is kept here.
'use strict';
const form = document.getElementById('come-in');
const token = document.getElementById('token');
const refused = document.getElementById('refused');
form.addEventListener('submit', async event => {
  event.preventDefault();
  refused.textContent = '';
  const secret = token.value.trim();
  token.value = '';
  try {
    const answer = await fetch('/login',
      { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ token: secret }) });
    if (answer.ok) {
      location.assign('/');
      return;
    }
    refused.textContent = answer.status === 401 ? 'That is no token of this server.' : `The server answers ${answer.status}.`;
  } catch {
    refused.textContent = 'The server does not answer.';
  }
  token.focus();
});
