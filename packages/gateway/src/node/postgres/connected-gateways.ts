import pg from 'pg';

/** How many connections gateways and their commands hold to this PostgreSQL database now. */
export async function countGatewayConnections(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      "select count(*)::int as count from pg_stat_activity where datname = current_database() and application_name = 'prosa-gateway'",
    );
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}
