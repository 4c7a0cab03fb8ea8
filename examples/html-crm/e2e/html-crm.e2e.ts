import { fileURLToPath } from 'node:url';
import { tellCrmStory } from '@prosa/example-crm-backend/testing';

tellCrmStory({
  publicDir: fileURLToPath(new URL('../public', import.meta.url)),
  entry: fileURLToPath(new URL('../src/page.ts', import.meta.url)),
  start: fileURLToPath(new URL('../src/start.ts', import.meta.url)),
  title: 'Serra Clara CRM',
});
