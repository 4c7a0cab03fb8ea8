// Loaded into the gateway's process before its bin. When the demo is gone, however it ended, the channel to it closes
// and the gateway stops too: otherwise it would keep its port and its database from the next start.

process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  // Open streams may take their time to end; the next start should not wait for them.
  setTimeout(() => process.exit(1), 1500).unref();
});
process.channel?.unref();
