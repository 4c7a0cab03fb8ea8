#!/usr/bin/env node
import { complaintAboutNode } from './needed-node.ts';

// Nothing else is imported at the top: an older Node must get as far as the sentence below.
const complaint = complaintAboutNode();

if (complaint !== null) {
  process.stderr.write(`${complaint} Run it with a newer one: npx -y -p node@24 -p @prosa/gateway prosa-gateway\n`);
  process.exitCode = 1;
} else {
  const { runProcess } = await import('./run-process.ts');
  await runProcess();
}
