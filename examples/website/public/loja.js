// The shop's own script. The webchat needs none of it: it is here to show its calls.

/** Calls made before the webchat is there wait for it. */
const chat = () => window.Prosa;

for (const button of document.querySelectorAll('[data-open-chat]')) {
  button.addEventListener('click', () => chat()?.open());
}

// Who is logged in. A real shop knows it from its own session; here a click stands for it.
const account = document.querySelector('[data-account]');
const loggedIn = () => sessionStorage.getItem('conta') === 'aberta';

function showAccount() {
  account.textContent = loggedIn() ? 'Helena · Sair' : 'Entrar';
  account.setAttribute('aria-pressed', String(loggedIn()));
}

/** The shop's backend signs who it is; the webchat never has to believe the page. */
async function identity() {
  const response = await fetch('/conta/identidade', { method: 'POST' });
  if (!response.ok) throw new Error(`unable to identify; the shop answered ${response.status}`);
  return response.text();
}

account.addEventListener('click', () => {
  if (loggedIn()) {
    sessionStorage.removeItem('conta');
    chat()?.logout();
  } else {
    sessionStorage.setItem('conta', 'aberta');
    chat()?.setUser(identity);
  }
  showAccount();
});

if (loggedIn()) addEventListener('load', () => chat()?.setUser(identity));
showAccount();
