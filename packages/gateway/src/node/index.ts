/** What a gateway needs in Node: its databases, its files, and a server that runs it all. */
export { openDiskMedia } from './disk-media.ts';
export { openPostgres, type PostgresOptions } from './postgres/open-postgres.ts';
export { openSqlite, type SqliteOptions } from './sqlite/open-sqlite.ts';
export { DatabaseInUseError } from './sqlite/process-lock.ts';
export { startGateway, type AgentKey, type RunningGateway, type StartOptions } from './start-gateway.ts';
export { findWebchatFolder, serveWebchatScript } from './webchat-script.ts';
export { signAgentToken, type AgentRole, type AgentTokenOptions } from '../admin/agent-token.ts';
export type { WhatsAppConfig } from '../channels/whatsapp/config.ts';
export type { WhatsAppChannel } from '../admin/whatsapp-channels.ts';
export type { Workspace } from '../admin/workspaces.ts';
export { migrate } from '../store/migrate.ts';
export { readConfig, ConfigError, type GatewayConfig } from './config.ts';
