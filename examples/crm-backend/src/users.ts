/** Who works with this CRM. A real one has passwords, or the company's single sign-on. */
export const users = [
  { id: 'lia', name: 'Lia Monteiro', email: 'lia@serraclara.example', role: 'supervisor' },
  { id: 'davi', name: 'Davi Nogueira', email: 'davi@serraclara.example', role: 'agent' },
] as const;

export type User = (typeof users)[number];

export function userOf(id: string | undefined): User | undefined {
  return users.find((user) => user.id === id);
}
