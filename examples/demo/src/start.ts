import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataDir, startDemo, type Demo } from './demo.ts';
import { openBrowser } from './run/open-browser.ts';

const startedAt = Date.now();
/** Whatever still hangs then must not keep the terminal. */
const stopMs = 1900;

const help = `npm start -- [--reset] [--no-open] [--data <folder>]

  --reset     apaga os dados da demo e começa do zero (starts from scratch)
  --no-open   não abre o navegador (does not open a browser)
  --data      outra pasta de dados (another data folder)`;

function say(text: string): void {
  console.log(`[${((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${text}`);
}

function invitation({ pageUrl, shopUrl, gatewayUrl }: Demo): string {
  return `
  CRM, celular e loja         ${pageUrl}/
  Só o CRM, um por agente     ${pageUrl}/crm?agent=ana   ${pageUrl}/crm?agent=bruno
  Só o celular                ${pageUrl}/phone
  Só a loja, com o webchat    ${shopUrl}/
  Gateway                     ${gatewayUrl}/openapi.json

  O que experimentar
  1. No celular, escreva como Marina. A conversa aparece em Esperando: clique em Atender e responda.
  2. O protocolo já chegou no celular. Os tiques ficam azuis quando a mensagem é lida lá.
  3. Mande uma foto do celular e um PDF do CRM. Cadastre a Marina no painel do cliente.
  4. Na loja, abra o chat e pergunte algo: chega na mesma caixa, com a origem Webchat.
  5. Finalize as duas conversas: no celular e no chat aparece a pesquisa de satisfação.
  6. A conversa da Rita quase fecha a janela de 24 horas; veja o que muda, ou envie um modelo (HSM).

  Ctrl-C para tudo. O que você fizer fica guardado; npm start -- --reset começa do zero.

  Open the first address: write on the phone or in the shop's chat, accept and answer in the CRM. Ctrl-C stops everything.
`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      reset: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      data: { type: 'string', default: defaultDataDir },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return;
  }
  const running: { demo?: Demo } = {};
  let ending = false;
  const end = (code: number): void => {
    // The second time is meant: somebody does not want to wait.
    if (ending) process.exit(code);
    ending = true;
    setTimeout(() => process.exit(code), stopMs).unref();
    void Promise.resolve(running.demo?.stop()).finally(() => {
      say('Tudo parado.');
      process.exit(code);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));

  say('Montando as páginas, subindo o gateway e o simulador …');
  const demo = await startDemo({
    dataDir: resolve(values.data),
    reset: values.reset,
    say,
    onGivingUp: (error) => {
      console.error(error.message);
      end(1);
    },
  });
  running.demo = demo;
  say('Pronto.');
  console.log(invitation(demo));
  if (!values['no-open']) openBrowser(demo.pageUrl);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
