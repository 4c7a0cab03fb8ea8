import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SimulatorStorage } from '../state/storage.ts';

/** Keeps the snapshot in one file, replaced as a whole. */
export function fileStorage(path: string): SimulatorStorage {
  return {
    load() {
      try {
        return readFileSync(path, 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    save(snapshot) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, snapshot);
      renameSync(`${path}.new`, path);
    },
  };
}
