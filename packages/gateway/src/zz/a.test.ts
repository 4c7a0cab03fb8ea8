import { createHash } from 'node:crypto';
import { it } from 'vitest';
import { s } from '@prosa/whatsapp-simulator';
import { createDatabase } from '@prosa/test-postgres';
it('x', () => { createHash; s!.x; createDatabase; });
