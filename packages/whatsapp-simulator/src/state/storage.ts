/** Where a snapshot is kept between runs. Reading is synchronous, so a restored simulator answers at once. */
export interface SimulatorStorage {
  load(): string | undefined;
  save(snapshot: string): void;
}
