import type { Database } from '../store/database.ts';

type Check = 'ok' | 'failing';

/** `GET /health`: the process answers. `GET /ready`: it can do its work. */
export function health(): Promise<Response> {
  return Promise.resolve(Response.json({ status: 'ok' }));
}

export async function ready(db: Database, isStopping: () => boolean): Promise<Response> {
  const database = await db.ping().then(
    (): Check => 'ok',
    (): Check => 'failing',
  );
  const whatsapp = database === 'ok' ? await whatsappCheck(db) : 'failing';
  const checks = { database, whatsapp, stopping: isStopping() };
  const isReady = database === 'ok' && whatsapp === 'ok' && !checks.stopping;
  return Response.json({ status: isReady ? 'ready' : 'not_ready', checks }, { status: isReady ? 200 : 503 });
}

/** A number without its app secret cannot tell Meta's webhooks from forged ones. */
async function whatsappCheck(db: Database): Promise<Check> {
  const rows = await db.read.selectFrom('channels').select('config').where('kind', '=', 'whatsapp').execute();
  const guarded = rows.every(({ config }) => {
    const { appSecrets } = JSON.parse(config) as { appSecrets?: readonly string[] };
    return (appSecrets?.length ?? 0) > 0;
  });
  return guarded ? 'ok' : 'failing';
}
