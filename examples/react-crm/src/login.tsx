import { enter, type CrmSession } from './session.ts';

interface LoginProps {
  readonly users: CrmSession['usuarios'];
  readonly onEntered: () => void;
}

export function Login({ users, onEntered }: LoginProps) {
  return (
    <main id="login">
      <h1>Vale Lilás CRM</h1>
      <p>Quem está trabalhando?</p>
      <div id="users">
        {users.map(({ id, name, role }) => (
          <button key={id} type="button" onClick={() => void enter(id).then(onEntered)}>
            Entrar como {name} ({role === 'supervisor' ? 'supervisora' : 'atendente'})
          </button>
        ))}
      </div>
    </main>
  );
}
