import { describe, expect, it } from 'vitest';
import { publishedManifest } from './elements-manifest.ts';

const analyzed = {
  schemaVersion: '1.0.0',
  modules: [
    {
      kind: 'javascript-module',
      path: 'src/card/x-card.ts',
      declarations: [
        {
          kind: 'class',
          name: 'Card',
          members: [
            { name: 'tagName', static: true, default: "'x-card'" },
            { name: 'open' },
            { name: '#state', privacy: 'private' },
            { name: 'render', privacy: 'protected' },
            { name: 'addEventListener' },
          ],
        },
        { kind: 'class', name: 'Helper', members: [{ name: 'value' }] },
      ],
      exports: [{ kind: 'js', name: 'Card' }],
    },
  ],
};
const index = { path: 'dist/index.js', exports: ['Card'] };
const define = { path: 'dist/define.js', exports: [] };

describe('publishedManifest', () => {
  it('refuses an element whose class nobody can import', () => {
    expect(() => publishedManifest(analyzed, [define])).toThrow('unable to describe <x-card>; no entry exports Card');
  });

  it('tells of the elements where the package has them, and of nothing private', () => {
    const declaration = { name: 'Card', module: 'dist/index.js' };
    expect(publishedManifest(analyzed, [define, index])).toEqual({
      schemaVersion: '1.0.0',
      modules: [
        {
          kind: 'javascript-module',
          path: 'dist/index.js',
          declarations: [{ kind: 'class', name: 'Card', tagName: 'x-card', members: [{ name: 'open' }] }],
          exports: [{ kind: 'js', name: 'Card', declaration }],
        },
        {
          kind: 'javascript-module',
          path: 'dist/define.js',
          declarations: [],
          exports: [{ kind: 'custom-element-definition', name: 'x-card', declaration }],
        },
      ],
    });
  });
});
