#!/usr/bin/env node
// Nothing is imported at the top: an older Node must get as far as the sentence below.

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 16)) {
  process.stderr.write(
    `Prosa's gateway needs Node 22.16 or newer; this is Node ${process.versions.node}. ` +
      'Run it with a newer one: npx -p node@24 -p @prosa/gateway prosa-gateway\n',
  );
  process.exitCode = 1;
} else {
  const { runProcess } = await import('./run-process.ts');
  await runProcess();
}

export {};
