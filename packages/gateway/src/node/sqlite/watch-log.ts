import { stat } from 'node:fs/promises';
import { loop, type Background } from '../../background.ts';
import { minute } from '../../clock.ts';
import type { Log } from '../../log.ts';

export interface WatchLogOptions {
  /** The database; its write-ahead log lies beside it. */
  readonly path: string;
  readonly log: Log;
}

/** Twice of what SQLite leaves of the log by itself (`journal_size_limit`). */
const largeBytes = 128 * 1024 * 1024;

/**
 * Warns when the write-ahead log grows without end. The gateway reads in short turns; a program that keeps a read
 * transaction open beside it holds every page that is written since, until the disk is full.
 */
export function watchLog({ path, log }: WatchLogOptions): Background {
  let warnedAt = 0;
  return loop({
    async round() {
      const bytes = await stat(`${path}-wal`).then(
        ({ size }) => size,
        () => 0,
      );
      if (bytes < largeBytes) {
        if (warnedAt > 0) log('info', 'the write-ahead log is small again', { bytes });
        warnedAt = 0;
      } else if (bytes >= 2 * warnedAt) {
        log('warn', 'the write-ahead log is large; end the program that reads the database beside the gateway', {
          bytes,
        });
        warnedAt = bytes;
      }
      return false;
    },
    pollMs: minute,
    onError: (error) => log('error', 'the write-ahead log cannot be looked at', { error: String(error) }),
  });
}
