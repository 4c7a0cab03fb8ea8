import { formatCnpj, formatCpf, formatPhone } from '@prosa/core/brazil';
import { listCustomers } from '@prosa/example-crm-backend/customers-api';

/** The CRM's own list of customers: those that the inbox links conversations to. */
export async function showCustomers(body: HTMLElement): Promise<void> {
  const customers = await listCustomers();
  body.replaceChildren(
    ...customers.map(({ id, nome, documento, telefones, email }) => {
      const row = document.createElement('tr');
      const shown = documento === null ? '' : documento.length === 11 ? formatCpf(documento) : formatCnpj(documento);
      for (const text of [id, nome, shown, telefones.map(formatPhone).join(', '), email ?? '']) {
        // Text, never markup: names come from outside.
        row.append(Object.assign(document.createElement('td'), { textContent: text }));
      }
      return row;
    }),
  );
}
