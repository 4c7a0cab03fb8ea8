/** Made-up people and companies. The documents have right check digits and belong to nobody. */

export interface DemoAgent {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export const agents: readonly DemoAgent[] = [
  { id: 'ana', name: 'Ana Beatriz Rocha', email: 'ana@cacau.example' },
  { id: 'bruno', name: 'Bruno Tavares', email: 'bruno@cacau.example' },
];

export const business = {
  name: 'Cacau Internet',
  phone: '+55 83 3000-1000',
  phoneNumberId: '109000000001000',
  businessAccountId: '108000000001000',
  accessToken: 'demo-access-token',
  verifyToken: 'demo-verify-token',
} as const;

export const queues = ['Financeiro', 'Suporte técnico'] as const;

export const customers = [
  {
    name: 'João Pedro Nunes',
    document: { kind: 'cpf', value: '529.982.247-25' },
    email: 'joao.nunes@exemplo.com.br',
    phone: '+5583988142031',
    address: 'Rua das Acácias, 120, João Pessoa, PB',
  },
  {
    name: 'Loja Cacau Ltda.',
    document: { kind: 'cnpj', value: '11.222.333/0001-81' },
    email: 'contato@lojacacau.example',
    phone: '+5583988120042',
    address: 'Av. Epitácio Pessoa, 900, João Pessoa, PB',
  },
  {
    name: 'Padaria Sol Nascente',
    document: { kind: 'cnpj', value: '12.ABC.345/01DE-35' },
    email: null,
    phone: '+5583988177310',
    address: null,
  },
] as const;

export interface DemoPhone {
  readonly name: string;
  /** As WhatsApp knows it: some Brazilian mobiles without the ninth digit. */
  readonly waId: string;
  readonly says: readonly string[];
}

/** The phone that the visitor types on: nobody has heard of her yet. */
export const visitor: DemoPhone = { name: 'Marina Albuquerque', waId: '558399142210', says: [] };

export const phones: readonly DemoPhone[] = [
  {
    name: 'João Pedro',
    waId: '5583988142031',
    says: ['Boa tarde! Minha internet caiu de novo.', 'A luz do roteador está vermelha.'],
  },
  {
    name: 'Loja Cacau',
    waId: '558388120042',
    says: ['Oi! Vocês conseguem trocar o vencimento da fatura para o dia 10?'],
  },
  { name: 'Tainá', waId: '5583988551204', says: ['Olá, quero saber os planos para o bairro Bessa.'] },
  { name: 'Sol Nascente', waId: '5583988177310', says: ['Bom dia, preciso da segunda via do boleto de novembro.'] },
];
