/** Users of the made-up CRM. The key is what its own address uses, the rest goes into their tokens. */
export const crmUsers = {
  ana: { id: 'ana', name: 'Ana Beatriz Rocha', email: 'ana@cacaucrm.example', role: 'supervisor' },
  bruno: { id: 'bruno', name: 'Bruno Tavares', email: 'bruno@cacaucrm.example', role: 'agent' },
} as const;

export type CrmUserId = keyof typeof crmUsers;

export function isCrmUserId(value: string | null): value is CrmUserId {
  return value !== null && Object.hasOwn(crmUsers, value);
}
