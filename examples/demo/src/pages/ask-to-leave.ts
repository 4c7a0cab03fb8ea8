import { html, render } from 'lit';

/** Asks whether messages that have not gone out may be thrown away, because somebody else is about to log in. */
export function askToLeave(unsent: number): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.className = 'ask';
  dialog.setAttribute('aria-labelledby', 'ask-title');
  const what =
    unsent === 1
      ? '1 mensagem ainda não saiu e será descartada.'
      : `${unsent} mensagens ainda não saíram e serão descartadas.`;
  render(
    html`<form method="dialog">
      <h2 id="ask-title">Trocar de usuário?</h2>
      <p>${what}</p>
      <div class="ask-buttons">
        <button value="stay">Ficar</button>
        <button class="danger" value="leave">Descartar e trocar</button>
      </div>
    </form>`,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'leave');
    });
  });
}
