import { createClient, type ProsaClient } from '@prosa/core';
import { crmCustomers } from '@prosa/example-crm-backend/customers-api';
import '@prosa/widget-inbox/define';
import { showCustomers } from './customers-page.ts';
import { enter, leave, readSession, token } from './session.ts';

const one = <E extends HTMLElement = HTMLElement>(selector: string): E => {
  const found = document.querySelector<E>(selector);
  if (!found) throw new Error(`unable to start; the page has no ${selector}`);
  return found;
};

const inbox = one<HTMLElementTagNameMap['prosa-inbox']>('prosa-inbox');
let prosa: ProsaClient | undefined;

/** Everything that a CRM does to embed the inbox. */
function connect(gatewayUrl: string): void {
  prosa = createClient({ baseUrl: gatewayUrl, token });
  inbox.client = prosa;
  inbox.source = crmCustomers();
  inbox.addEventListener('prosa-conversation-closed', ({ detail: { conversation } }) => {
    one('#last-protocol').textContent = conversation.protocol ? `Último protocolo: ${conversation.protocol}` : '';
  });
  // The menu tells how many wait, wherever in the CRM one is.
  const counts = prosa.live.counts();
  const show = () => {
    const waiting = counts.value?.waiting ?? 0;
    one('#waiting').textContent = waiting > 0 ? String(waiting) : '';
    one('#waiting').toggleAttribute('hidden', waiting === 0);
  };
  counts.subscribe(show);
  show();
}

function showView(): void {
  const view = location.hash === '#clientes' ? 'clientes' : 'atendimento';
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a')) {
    if (link.hash === `#${view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  for (const section of document.querySelectorAll<HTMLElement>('[data-view]')) {
    section.hidden = section.dataset['view'] !== view;
  }
  if (view === 'clientes') void showCustomers(one('#customers'));
}

async function start(): Promise<void> {
  const { usuario, usuarios, gatewayUrl } = await readSession();
  one('#login').hidden = usuario !== null;
  one('#crm').hidden = usuario === null;
  if (usuario === null) {
    one('#users').replaceChildren(
      ...usuarios.map(({ id, name, role }) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = `Entrar como ${name} (${role === 'supervisor' ? 'supervisora' : 'atendente'})`;
        button.addEventListener('click', () => void enter(id).then(start));
        return button;
      }),
    );
    return;
  }
  one('#user').textContent = usuario.name;
  connect(gatewayUrl);
  showView();
}

addEventListener('hashchange', showView);
one('#leave').addEventListener('click', () => {
  prosa?.destroy();
  // A page of its own for whoever comes next: nothing of this person stays on it.
  void leave().then(() => {
    location.reload();
  });
});
void start();
