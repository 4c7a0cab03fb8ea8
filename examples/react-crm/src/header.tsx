import { useConversations, useUnread } from '@prosa/react/hooks';

export type View = 'atendimento' | 'clientes';

interface HeaderProps {
  readonly user: string;
  readonly view: View;
  readonly lastProtocol: string | null;
  readonly onView: (view: View) => void;
  readonly onLeave: () => void;
}

/** The CRM's menu. It tells who waits and what is unread wherever in the CRM one is: hooks need no widget. */
export function Header({ user, view, lastProtocol, onView, onLeave }: HeaderProps) {
  const { data: waiting } = useConversations({ tab: 'waiting' });
  const { data: unread } = useUnread();
  const badge = waiting.length + (unread ?? 0);
  return (
    <header>
      <b className="brand">
        <img src="/icone.svg" alt="" width="22" height="22" />
        Vale Lilás CRM
      </b>
      <nav aria-label="CRM">
        {(['atendimento', 'clientes'] as const).map((name) => (
          <a
            key={name}
            href={`#${name}`}
            aria-current={view === name ? 'page' : undefined}
            onClick={(event) => {
              event.preventDefault();
              onView(name);
            }}
          >
            {name === 'atendimento' ? 'Atendimento' : 'Clientes'}
            {name === 'atendimento' && badge > 0 && (
              <>
                {' '}
                <span className="badge" id="waiting">
                  {badge}
                </span>
              </>
            )}
          </a>
        ))}
      </nav>
      <span className="quiet" role="status">
        {lastProtocol && `Último protocolo: ${lastProtocol}`}
      </span>
      <span id="user">{user}</span>
      <button type="button" onClick={onLeave}>
        Sair
      </button>
    </header>
  );
}
