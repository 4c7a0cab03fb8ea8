import { expect } from '@open-wc/testing';
import { version } from 'react';
import { describeComponents } from './testing/components.suite.ts';
import { describeHooks } from './testing/hooks.suite.ts';
import { describeProvider } from './testing/provider.suite.ts';
import { describeRealGateway } from './testing/real-gateway.suite.ts';
import { describeWebchat } from './testing/webchat.suite.ts';

// The file's name tells which React it runs on: see `bundleTests`.
describe('on React 18', () => {
  it('is that React', () => {
    void expect(version).to.match(/^18\./);
  });

  describeProvider();
  describeComponents();
  describeHooks();
  describeRealGateway();
  describeWebchat();
});
