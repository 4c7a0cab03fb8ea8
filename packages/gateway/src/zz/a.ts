import { c } from '@prosa/core/contract';
import { u } from '@prosa/ui';
import pg from 'pg';
import { serve } from '@hono/node-server';
import { createHash } from 'node:crypto';
export const x = [c, u, pg, serve, createHash];
