/** What is in the file of a SQLite write-ahead log, by https://sqlite.org/fileformat2.html#walformat. */
export interface WalContent {
  readonly pageSize: number;
  /** Where the last transaction that was committed ends; what comes after it was never acknowledged. */
  readonly committedBytes: number;
  /** Pages, counted from 1, that committed transactions have in the log. */
  readonly pages: ReadonlySet<number>;
}

const headerBytes = 32;
const frameHeaderBytes = 24;

export function readWal(file: Buffer): WalContent {
  const pageSize = file.length < headerBytes ? 0 : file.readUInt32BE(8);
  const pages = new Set<number>();
  let committedBytes = 0;
  let open: number[] = [];
  const frameBytes = frameHeaderBytes + pageSize;
  for (let at = headerBytes; pageSize > 0 && at + frameBytes <= file.length; at += frameBytes) {
    // Frames of before the log was begun anew have other salts.
    if (!file.subarray(at + 8, at + 16).equals(file.subarray(16, 24))) break;
    open.push(file.readUInt32BE(at));
    if (file.readUInt32BE(at + 4) === 0) continue;
    for (const page of open) pages.add(page);
    open = [];
    committedBytes = at + frameBytes;
  }
  return { pageSize, committedBytes, pages };
}
