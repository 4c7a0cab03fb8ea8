/** Everybody and every number in here is made up. */

export const business = {
  phoneNumberId: '102938475601234',
  wabaId: '104857600012345',
  appId: '990000000012345',
  displayPhoneNumber: '+55 83 3021-4400',
  verifiedName: 'Loja Cacau',
} as const;

/**
 * Phones on the simulated network. As outside São Paulo, WhatsApp knows most of these numbers without the ninth digit.
 * Marina is the visitor's own: nothing has come from her yet.
 */
export const phones = {
  marina: { name: 'Marina Albuquerque', waId: '558399142210' },
  joao: { name: 'João Pedro Nunes', waId: '558388120042' },
  claudia: { name: 'Cláudia Ferraz', waId: '558196317788' },
  rita: { name: 'Rita de Cássia', waId: '558799405521' },
  severino: { name: 'Severino Batista', waId: '558398870316' },
  taina: { name: 'Tainá', waId: '5571999021147' },
} as const;

/** Records of the CRM. Whoever is not in here writes from an unknown number. */
export const customers = {
  joao: {
    name: 'João Pedro Nunes',
    document: { kind: 'cpf', value: '318.604.752-80' },
    phone: '+55 83 9 8812-0042',
    email: 'joao.nunes@exemplo.com.br',
    address: 'Rua das Acácias, 120, João Pessoa, PB',
    notes: 'Prefere ser atendido pela manhã.',
    externalId: 'cacau-1042',
  },
  padaria: {
    name: 'Padaria Trigo Dourado Ltda.',
    document: { kind: 'cnpj', value: '27.481.936/0001-38' },
    phone: '+55 81 9 9631-7788',
    email: 'oi@trigodourado.example',
    address: 'Av. Boa Viagem, 4310, Recife, PE',
    notes: 'Boleto em 28 dias.',
    externalId: 'cacau-0217',
  },
  atelie: {
    name: 'Ateliê Mandacaru',
    document: { kind: 'cnpj', value: '7M.AND.4C4/0001-52' },
    phone: null,
    email: 'oi@ateliemandacaru.example',
    address: 'Rua do Comércio, 58, Petrolina, PE',
    notes: null,
    externalId: 'cacau-2214',
  },
} as const;

export const queueNames = ['Financeiro', 'Suporte'] as const;
