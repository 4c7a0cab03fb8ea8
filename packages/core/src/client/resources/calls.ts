import type { Page } from '../../contract/index.ts';
import type { Entities, EntityKind, EntityStore } from '../../store/entity-store.ts';
import { createList } from '../list.ts';
import type { List, PageParams } from '../prosa-client.ts';
import type { Transport, TransportRequest } from '../transport.ts';

/** What resources are written with. */
export interface Calls {
  call<T>(route: string, request?: TransportRequest): Promise<T>;
  /** A call that answers with an entity, which the live queries take in. */
  entity<Kind extends EntityKind>(kind: Kind, route: string, request?: TransportRequest): Promise<Entities[Kind]>;
  list<Item>(route: string, query?: PageParams & TransportRequest['query'], request?: TransportRequest): List<Item>;
}

export function createCalls(transport: Transport, entities: EntityStore): Calls {
  const call: Calls['call'] = (route, request) => transport.request(route, request);
  return {
    call,
    async entity<Kind extends EntityKind>(kind: Kind, route: string, request?: TransportRequest) {
      const entity = await call<Entities[Kind]>(route, request);
      entities.put(kind, entity);
      return entity;
    },
    list: <Item>(route: string, query: PageParams & TransportRequest['query'] = {}, request?: TransportRequest) =>
      createList((cursor = query.cursor) => call<Page<Item>>(route, { ...request, query: { ...query, cursor } })),
  };
}
