import { Hono } from 'hono';
import { CustomerRefusal, type CrmCustomerInput, type CustomerBook } from './customer-book.ts';

/** `/api/clientes`: the CRM's own API for its own pages. */
export function customersRoutes(book: CustomerBook): Hono {
  const app = new Hono();
  app.onError((error, context) => {
    if (!(error instanceof CustomerRefusal)) throw error;
    const { field, message, takenBy } = error;
    return context.json({ campo: field, mensagem: message, clienteId: takenBy }, 422);
  });
  app.get('/', (context) => {
    const { busca, telefone } = context.req.query();
    if (telefone !== undefined) {
      const customer = book.byPhone(telefone);
      return context.json(customer ? [customer] : []);
    }
    return context.json(busca ? book.search(busca) : book.all());
  });
  app.post('/', async (context) => context.json(book.create(await context.req.json<CrmCustomerInput>()), 201));
  app.patch('/:id', async (context) => {
    const customer = book.update(context.req.param('id'), await context.req.json<CrmCustomerInput>());
    return customer ? context.json(customer) : context.notFound();
  });
  app.post('/:id/telefones', async (context) => {
    const { telefone } = await context.req.json<{ telefone: string }>();
    const customer = book.addPhone(context.req.param('id'), telefone);
    return customer ? context.json(customer) : context.notFound();
  });
  return app;
}
