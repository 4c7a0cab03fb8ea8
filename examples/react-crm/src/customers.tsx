import { formatCnpj, formatCpf, formatPhone } from '@prosa/core/brazil';
import { listCustomers } from '@prosa/example-crm-backend/customers-api';
import { useEffect, useState } from 'react';

type Customers = Awaited<ReturnType<typeof listCustomers>>;

/** The CRM's own list of customers: those that the inbox links conversations to. */
export function Customers() {
  const [customers, setCustomers] = useState<Customers>([]);
  useEffect(() => void listCustomers().then(setCustomers), []);
  return (
    <section aria-label="Clientes">
      <table>
        <caption>Clientes</caption>
        <thead>
          <tr>
            {['Código', 'Nome', 'Documento', 'Telefone', 'E-mail'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {customers.map(({ id, nome, documento, telefones, email }) => (
            <tr key={id}>
              <td>{id}</td>
              <td>{nome}</td>
              <td>{documento && (documento.length === 11 ? formatCpf(documento) : formatCnpj(documento))}</td>
              <td>{telefones.map(formatPhone).join(', ')}</td>
              <td>{email}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
