import type { Settings, SettingsUpdate } from '@prosa/core/contract';

/** What is kept as JSON: the rest are columns. */
export type WorkspaceSettings = Omit<Settings, 'timeZone' | 'updatedAt' | 'version'>;

const usualOrigin = {
  transferToAgent: true,
  transferToQueue: true,
  transferNeedsAccept: false,
  invite: true,
  maxConcurrent: null,
} as const;

/** How a workspace works that says nothing else (DOMAIN §4). */
export const usualSettings: WorkspaceSettings = {
  maxConcurrent: null,
  origins: { whatsapp: usualOrigin, webchat: usualOrigin },
  protocolFormat: '{yyyy}{mm}{dd}{nnnnnn}',
  protocolNotice: true,
  retentionDays: 90,
  identification: 'off',
  awaitingReplyMinutes: 24 * 60,
  pauseReasons: ['Almoço', 'Intervalo', 'Reunião'],
  disconnectGraceSeconds: 120,
  optOutWords: ['SAIR', 'PARAR', 'STOP', 'CANCELAR'],
  optInWords: ['VOLTAR'],
  optOutReply: 'Pronto, você não vai mais receber nossas promoções. Para voltar a receber, responda VOLTAR.',
};

/** What is given replaces what was there; of an origin only what is given. */
export function mergeSettings(before: WorkspaceSettings, changes: SettingsUpdate): WorkspaceSettings {
  const { origins, timeZone: _, ...rest } = changes;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...before,
    ...given,
    origins: {
      whatsapp: { ...before.origins.whatsapp, ...withoutUndefined(origins?.whatsapp) },
      webchat: { ...before.origins.webchat, ...withoutUndefined(origins?.webchat) },
    },
  };
}

export function parseSettings(column: string): WorkspaceSettings {
  return mergeSettings(usualSettings, JSON.parse(column) as SettingsUpdate);
}

function withoutUndefined(fields: object | undefined): object {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined));
}
