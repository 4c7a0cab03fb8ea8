import '@prosa/widget-inbox/define';

export { createClient } from '@prosa/core';
