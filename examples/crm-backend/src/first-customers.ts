import type { CrmCustomerInput } from './customer-book.ts';

/** Made-up people and companies. */
export const firstCustomers: readonly CrmCustomerInput[] = [
  {
    nome: 'Otávio Peixoto',
    documento: '12345678909',
    email: 'otavio@exemplo.com.br',
    telefones: ['+5531998760142'],
    endereco: 'Rua dos Ipês, 88, Belo Horizonte, MG',
    observacoes: 'Prefere ser chamado à tarde.',
  },
  {
    nome: 'Pousada Serra Clara',
    documento: '12ABC34501DE35',
    email: 'reservas@serraclara.example',
    telefones: ['+553532910040'],
    endereco: 'Estrada do Pinhal, km 4, Gonçalves, MG',
  },
  { nome: 'Yara Fontes', email: 'yara@exemplo.com.br', telefones: ['+5571991230456'] },
];
