import type { Page } from 'playwright-core';

/** What is done on the page before its picture is taken. */

export interface Prosa {
  readonly inbox: HTMLElement & { conversationId: string | null };
  readonly gateway: { goOffline(): void; fail(name: string, code: string, extra?: object, times?: number): void };
  readonly desk: {
    readonly agents: readonly { readonly id: string; readonly name: string }[];
    change(conversationId: string, change: object): void;
    templates: readonly object[];
    readonly conversations: Map<string, object & { readonly contact: { readonly id: string } }>;
    readonly contacts: Map<string, object>;
  };
  readonly ids: Readonly<Record<string, string>>;
}

export interface Shot {
  readonly name: string;
  readonly query?: string;
  readonly widths?: readonly (keyof typeof widths)[];
  readonly act?: (page: Page) => Promise<void>;
}

export const widths = { wide: [1380, 780], snug: [920, 740], medium: [820, 740], narrow: [380, 740] } as const;

export const open = (name: string) => async (page: Page) => {
  await page.evaluate((key) => {
    const { inbox, ids } = (window as unknown as { prosa: Prosa }).prosa;
    inbox.conversationId = ids[key] ?? null;
  }, name);
  await page.locator('.log, .thread-pane .empty').first().waitFor();
};
export const tab = (name: string) => (page: Page) => page.locator(`[data-tab=${name}]`).click();
export const press = (name: RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();
export const inTurn =
  (...acts: readonly ((page: Page) => Promise<unknown>)[]) =>
  async (page: Page) => {
    for (const act of acts) {
      await act(page);
      await page.waitForTimeout(150);
    }
  };
export const showPanel = async (page: Page) => {
  if (await page.locator('.panel-pane').isHidden()) await page.locator('.who-button').click();
};

/** The rows of a thread that are this far above its end. */
export const scrolled = (pixels: number) => async (page: Page) => {
  await page.locator('.log').evaluate(async (log, above) => {
    for (let i = 0; i < 6; i++) {
      log.scrollTop = log.scrollHeight - log.clientHeight - above;
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  }, pixels);
};
export const kinds = (above: number, ...acts: readonly ((page: Page) => Promise<unknown>)[]) => ({
  query: 'desk=kinds',
  act: inTurn(tab('mine'), open('main'), scrolled(above), ...acts),
});

export const choicesShown = (page: Page) => page.locator('dialog[open] .template-choice').first().waitFor();
export const fillStart = (phone: string) => async (page: Page) => {
  await page.locator('#start-phone').pressSequentially(phone);
  await page.locator('#start-name').fill('Otávio Lins');
  await page.locator('dialog[open] .template-choice').first().click();
  await page.locator('#start-body-1').fill('Otávio');
};

export const recorded = async (page: Page) => {
  await press(/Gravar mensagem de voz/)(page);
  await page.waitForTimeout(4500);
};

/** The main conversation in another state. */
export const changed = (change: object) => async (page: Page) => {
  await page.evaluate((rest) => {
    const { desk, ids } = (window as unknown as { prosa: Prosa }).prosa;
    desk.change(ids['main'] ?? '', rest);
  }, change);
  await page.waitForTimeout(200);
};
export const offeredBy = (page: Page) =>
  page.evaluate(() => {
    const { desk, ids } = (window as unknown as { prosa: Prosa }).prosa;
    const [me, from] = desk.agents.map(({ id, name }) => ({ id, name }));
    const expiresAt = new Date(Date.now() + 25_000).toISOString();
    desk.change(ids['main'] ?? '', { status: 'offered', offer: { agent: me, from, expiresAt } });
  });
/** Messages that the gateway will not take, one after another. */
export const refused = (codes: readonly string[]) => async (page: Page) => {
  for (const code of codes) {
    await page.evaluate((wanted) => {
      const { gateway } = (window as unknown as { prosa: Prosa }).prosa;
      gateway.fail('messages.send', wanted, {}, 1);
    }, code);
    await page.locator('.composer textarea').fill('Segue a segunda via do boleto.');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(250);
  }
};
/** The first template asks for a picture. */
export const withHeaderFile = (page: Page) =>
  page.evaluate(() => {
    const { desk } = (window as unknown as { prosa: Prosa }).prosa;
    const [first, ...rest] = desk.templates;
    const components = [
      { type: 'HEADER', format: 'IMAGE', examples: [] },
      { type: 'BODY', text: 'Olá, {{nome}}. Assim ficou a embalagem do seu pedido {{1}}.', examples: [] },
    ];
    const variables = [
      { key: 'body.nome', component: 'BODY', example: 'Marina' },
      { key: 'body.1', component: 'BODY', example: '8812' },
    ];
    desk.templates = [{ ...first, name: 'foto_do_pedido', needs: ['image'], components, variables }, ...rest];
  });
export const alerted = (page: Page) => page.locator('[role=alert], .page-problem').first().waitFor();
