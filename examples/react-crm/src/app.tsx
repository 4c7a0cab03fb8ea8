import { Inbox, ProsaProvider } from '@prosa/react';
import { crmCustomers } from '@prosa/example-crm-backend/customers-api';
import { useCallback, useEffect, useState } from 'react';
import { Customers } from './customers.tsx';
import { Header, type View } from './header.tsx';
import { Login } from './login.tsx';
import { leave, readSession, token, type CrmSession } from './session.ts';

/** The CRM's own customers in the panel of the inbox. Made once: it holds no state. */
const source = crmCustomers();

export function App() {
  const [session, setSession] = useState<CrmSession | null>(null);
  const reload = useCallback(() => void readSession().then(setSession), []);
  useEffect(reload, [reload]);

  if (!session) return null;
  if (!session.usuario) return <Login users={session.usuarios} onEntered={reload} />;
  return (
    <ProsaProvider baseUrl={session.gatewayUrl} token={token}>
      <Crm user={session.usuario.name} onLeave={() => void leave().then(reload)} />
    </ProsaProvider>
  );
}

interface CrmProps {
  readonly user: string;
  readonly onLeave: () => void;
}

/** Everything that belongs to one person's session: it goes when they leave. */
function Crm({ user, onLeave }: CrmProps) {
  const [view, setView] = useState<View>('atendimento');
  const [lastProtocol, setLastProtocol] = useState<string | null>(null);
  return (
    <div id="crm">
      <Header user={user} view={view} lastProtocol={lastProtocol} onView={setView} onLeave={onLeave} />
      <section aria-label="Atendimento" hidden={view !== 'atendimento'}>
        <Inbox
          source={source}
          onConversationClosed={({ detail }) => {
            setLastProtocol(detail.conversation.protocol);
          }}
        />
      </section>
      {view === 'clientes' && <Customers />}
    </div>
  );
}
