import * as z from 'zod/mini';
import { errorCodes, type ErrorCode } from './error-codes.ts';
import { splitPath } from './paths.ts';
import { problemSchema } from './problem.ts';
import { commonErrors, isCommand, type Caller, type Route } from './route.ts';
import { routes } from './routes.ts';

type Json = Record<string, unknown>;

/** What the document cannot know of the contract alone. */
export interface OpenApiOptions {
  /** Version of the gateway. */
  readonly version: string;
  /** Where browsers and servers reach it. */
  readonly serverUrl: string;
}

/** The OpenAPI 3.1 document of the whole contract. Nothing in it is written by hand. */
export function openApiDocument({ version, serverUrl }: OpenApiOptions): Json {
  const paths: Record<string, Json> = {};
  for (const [resource, group] of Object.entries(routes)) {
    for (const [name, definition] of Object.entries(group as Record<string, Route>)) {
      const { method, path } = splitPath(definition.path);
      const item = (paths[path] ??= {});
      item[method.toLowerCase()] = operation(resource, name, method, definition);
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Prosa', version, description: 'Service desk on WhatsApp and webchat.' },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: {
        agentToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: "Signed by the host's backend.",
        },
        visitorSession: {
          type: 'http',
          scheme: 'bearer',
          description: "The session of a website's visitor, made by `webchat.startSession`.",
        },
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of the workspace, for servers.' },
      },
    },
  };
}

const securityOf: Record<Caller, Json> = {
  agent: { agentToken: [] },
  api_key: { apiKey: [] },
  visitor: { visitorSession: [] },
  public: {},
};

function operation(resource: string, name: string, method: string, definition: Route): Json {
  const parameters = [...parametersOf('path', definition.params), ...parametersOf('query', definition.query)];
  if (isCommand(definition)) {
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      description: 'Made by the caller; the same key answers the same for seven days.',
      schema: { type: 'string', minLength: 8, maxLength: 128 },
    });
  }
  return {
    operationId: `${resource}.${name}`,
    tags: [resource],
    summary: definition.summary,
    security: definition.callers.map((caller) => securityOf[caller]),
    ...(parameters.length > 0 && { parameters }),
    ...bodyOf(definition),
    responses: { [definition.signal ? 204 : 200]: success(definition), ...failures(definition) },
  };
}

function bodyOf(definition: Route): Json {
  if (definition.binary) {
    const content = { '*/*': { schema: { type: 'string', format: 'binary' } } };
    return { requestBody: { required: true, content } };
  }
  if (!definition.body) return {};
  return {
    requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(definition.body, 'input') } } },
  };
}

function success(definition: Route): Json {
  if (definition.stream) {
    return { description: 'The stream.', content: { 'text/event-stream': { schema: { type: 'string' } } } };
  }
  if (definition.signal) return { description: 'Told.' };
  const schema = definition.response ? jsonSchema(definition.response, 'output') : {};
  return { description: 'Done.', content: { 'application/json': { schema } } };
}

function failures(definition: Route): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set<ErrorCode>([...commonErrors, ...definition.errors])) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      { description: codes.map((code) => `\`${code}\``).join(', '), content },
    ]),
  );
}

function parametersOf(place: 'path' | 'query', schema: z.ZodMiniObject | undefined): Json[] {
  if (!schema) return [];
  const json = jsonSchema(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return Object.entries(json.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (json.required?.includes(name) ?? false),
    schema: property,
  }));
}

function jsonSchema(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}
