import type { Contact, CustomerCreate, CustomerUpdate } from '@prosa/core';
import { ApiError } from '@prosa/core';
import type { CustomerRecord, CustomerSource } from '@prosa/widget-inbox';
import type { CrmCustomer, CrmCustomerInput } from './customer-book.ts';

/**
 * The CRM's own customers in the panel of the inbox. This is all that a host writes to connect its records: five
 * functions over its own API.
 */
export function crmCustomers(): CustomerSource {
  return {
    async find({ phone }, options) {
      if (phone === null) return null;
      const [customer] = await get(`/api/clientes?telefone=${encodeURIComponent(phone)}`, options?.signal);
      return customer ? recordOf(customer) : null;
    },
    async search(text, options) {
      return (await get(`/api/clientes?busca=${encodeURIComponent(text)}`, options?.signal)).map(recordOf);
    },
    async create(customer) {
      return recordOf(await send('POST', '/api/clientes', inputOf(customer)));
    },
    async update(customerId, changes) {
      return recordOf(await send('PATCH', `/api/clientes/${customerId}`, inputOf(changes)));
    },
    async link({ phone }: Contact, customerId) {
      if (phone !== null) await send('POST', `/api/clientes/${customerId}/telefones`, { telefone: phone });
    },
  };
}

/** All of them, for the CRM's own list. */
export async function listCustomers(): Promise<readonly CrmCustomer[]> {
  return await get('/api/clientes');
}

async function get(url: string, signal?: AbortSignal): Promise<readonly CrmCustomer[]> {
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok) throw new Error(`unable to read customers; the CRM answered ${response.status}`);
  return (await response.json()) as readonly CrmCustomer[];
}

interface Refused {
  readonly campo: keyof CrmCustomerInput;
  readonly mensagem: string;
  readonly clienteId: string | null;
}

const fieldNames: Readonly<Record<keyof CrmCustomerInput, string>> = {
  nome: 'name',
  documento: 'document.value',
  email: 'email',
  telefones: 'phone',
  endereco: 'address',
  observacoes: 'notes',
};

async function send(method: string, url: string, body: object): Promise<CrmCustomer> {
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (response.status !== 422) {
    if (!response.ok) throw new Error(`unable to save the customer; the CRM answered ${response.status}`);
    return (await response.json()) as CrmCustomer;
  }
  // With a code of the contract the panel shows it at the field.
  const { campo, mensagem, clienteId } = (await response.json()) as Refused;
  const shared = { type: 'about:blank', title: mensagem, status: 422, requestId: '' };
  const problem = clienteId
    ? ({ ...shared, code: 'document_taken', customerId: clienteId } as const)
    : ({
        ...shared,
        code: 'validation_failed',
        errors: [{ path: `body.${fieldNames[campo]}`, message: mensagem }],
      } as const);
  throw new ApiError('save the customer', { status: 422, problem });
}

function recordOf({ id, nome, documento, email, telefones, endereco, observacoes }: CrmCustomer): CustomerRecord {
  return {
    id,
    name: nome,
    document: documento === null ? null : { kind: documento.length === 11 ? 'cpf' : 'cnpj', value: documento },
    email,
    phone: telefones[0] ?? null,
    address: endereco,
    notes: observacoes,
  };
}

function inputOf(customer: CustomerCreate | CustomerUpdate): CrmCustomerInput {
  const { name, document, email, phone, address, notes } = customer;
  return {
    ...(name !== undefined && { nome: name }),
    ...(document !== undefined && { documento: document?.value ?? null }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { telefones: phone === null ? [] : [phone] }),
    ...(address !== undefined && { endereco: address }),
    ...(notes !== undefined && { observacoes: notes }),
  };
}
