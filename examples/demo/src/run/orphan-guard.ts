// Loaded into the gateway's process before its bin. When the demo is gone, however it ended, the channel to it closes
// and the gateway stops too: otherwise it would keep its port and its database from the next start.

process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
