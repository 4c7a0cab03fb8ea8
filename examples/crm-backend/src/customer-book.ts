import { isValidCnpj, isValidCpf, normalizePhone } from '@prosa/core/brazil';

/** A customer as this CRM keeps it: its own fields, its own ids. */
export interface CrmCustomer {
  readonly id: string;
  readonly nome: string;
  /** 11 digits: CPF. 14 characters: CNPJ. */
  readonly documento: string | null;
  readonly email: string | null;
  /** E.164. */
  readonly telefones: readonly string[];
  readonly endereco: string | null;
  readonly observacoes: string | null;
}

export type CrmCustomerInput = Partial<Omit<CrmCustomer, 'id'>>;

/** What the CRM does not take, by field. */
export class CustomerRefusal extends Error {
  override readonly name = 'CustomerRefusal';
  readonly field: keyof CrmCustomerInput;
  /** With a document that another customer has: which one. */
  readonly takenBy: string | null;

  constructor(field: keyof CrmCustomerInput, message: string, takenBy: string | null = null) {
    super(message);
    this.field = field;
    this.takenBy = takenBy;
  }
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The CRM's customers. In memory: a real CRM has its database here. */
export class CustomerBook {
  readonly #customers = new Map<string, CrmCustomer>();
  #next = 1001;

  constructor(first: readonly CrmCustomerInput[] = []) {
    for (const input of first) this.create(input);
  }

  all(): readonly CrmCustomer[] {
    return [...this.#customers.values()].sort((a, b) => a.nome.localeCompare(b.nome, 'pt-BR'));
  }

  get(id: string): CrmCustomer | undefined {
    return this.#customers.get(id);
  }

  byPhone(phone: string): CrmCustomer | undefined {
    const wanted = normalizePhone(phone);
    return this.all().find(({ telefones }) => wanted !== null && telefones.includes(wanted));
  }

  search(text: string): readonly CrmCustomer[] {
    const words = plain(text).trim();
    const digits = words.replace(/\D/g, '');
    return this.all()
      .filter(
        ({ nome, documento, email, telefones }) =>
          [nome, email ?? ''].some((value) => plain(value).includes(words)) ||
          (digits.length > 2 && [documento ?? '', ...telefones].some((value) => value.includes(digits))),
      )
      .slice(0, 8);
  }

  create(input: CrmCustomerInput): CrmCustomer {
    const blank = { documento: null, email: null, telefones: [], endereco: null, observacoes: null, nome: '' };
    const customer = this.#keep(`C-${this.#next}`, blank, input);
    // Who was refused uses up no number.
    this.#next += 1;
    return customer;
  }

  update(id: string, changes: CrmCustomerInput): CrmCustomer | undefined {
    const before = this.#customers.get(id);
    return before && this.#keep(id, before, changes);
  }

  addPhone(id: string, phone: string): CrmCustomer | undefined {
    const customer = this.#customers.get(id);
    const wanted = normalizePhone(phone);
    if (!customer || wanted === null || customer.telefones.includes(wanted)) return customer;
    return this.#keep(id, customer, { telefones: [...customer.telefones, wanted] });
  }

  #keep(id: string, before: Omit<CrmCustomer, 'id'>, changes: CrmCustomerInput): CrmCustomer {
    const next = { ...before, ...changes, id };
    const nome = next.nome.trim();
    if (nome === '') throw new CustomerRefusal('nome', 'Informe o nome.');
    const documento = next.documento?.replace(/[^0-9A-Za-z]/g, '').toUpperCase() ?? null;
    if (documento && !isValidCpf(documento) && !isValidCnpj(documento)) {
      throw new CustomerRefusal('documento', 'CPF ou CNPJ inválido.');
    }
    const other = this.all().find((one) => documento && one.id !== id && one.documento === documento);
    if (other) throw new CustomerRefusal('documento', `O documento já é de ${other.nome}.`, other.id);
    const telefones = next.telefones.map((phone) => normalizePhone(phone) ?? phone);
    const kept: CrmCustomer = { ...next, nome, documento: documento === '' ? null : documento, telefones };
    this.#customers.set(id, kept);
    return kept;
  }
}
