/** Someone or something named beside an entity. */
export interface Person {
  readonly id: string;
  readonly name: string;
}
