import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type DefaultTheme } from 'vitepress';

type Items = DefaultTheme.SidebarItem[];

const reference = (path: string) => fileURLToPath(new URL(`../../../docs/reference/${path}`, import.meta.url));

/** The pages of a generated folder, by name. */
function generated(folder: string): Items {
  return readdirSync(reference(folder))
    .filter((name) => name.endsWith('.md') && name !== 'index.md')
    .sort()
    .map((name) => name.replace(/\.md$/, ''))
    .map((name) => ({
      text: folder === 'elements' ? `&lt;${name}&gt;` : name,
      link: `/reference/${folder}/${name}`,
    }));
}

export default defineConfig({
  title: 'Prosa',
  description: 'A WhatsApp service desk and a webchat to embed: typed client, web components, self-hosted gateway.',
  lang: 'en',
  srcDir: '../../docs',
  outDir: '../../.cache/docs/site',
  cacheDir: '../../.cache/docs/vite',
  srcExclude: ['decisions/**'],
  cleanUrls: true,
  lastUpdated: false,
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Start', link: '/start/crm' },
      { text: 'Guides', link: '/concepts' },
      { text: 'Reference', link: '/reference/http/' },
    ],
    sidebar: [
      {
        text: 'Start in five minutes',
        items: [
          { text: 'In a CRM', link: '/start/crm' },
          { text: 'On a website', link: '/start/website' },
          { text: 'In a script', link: '/start/script' },
        ],
      },
      {
        text: 'Guides',
        items: [
          { text: 'Concepts', link: '/concepts' },
          { text: 'Connecting a WhatsApp number', link: '/guides/whatsapp' },
          { text: 'Message templates (HSM)', link: '/guides/hsm' },
          { text: 'Dispatches', link: '/guides/dispatches' },
          { text: 'The service desk', link: '/guides/service-desk' },
          { text: 'Surveys', link: '/guides/surveys' },
          { text: 'Webchat', link: '/guides/webchat' },
          { text: 'React', link: '/guides/react' },
          { text: 'Your own screens', link: '/guides/headless' },
          { text: 'Theming', link: '/theming' },
          { text: 'Testing your page', link: '/testing' },
          { text: 'Your own backend', link: '/guides/conformance' },
          { text: 'When something fails', link: '/errors' },
          { text: 'Configuration', link: '/configuration' },
        ],
      },
      { text: 'Elements', collapsed: true, items: generated('elements') },
      {
        text: 'HTTP',
        collapsed: true,
        items: [{ text: 'Overview', link: '/reference/http/' }, ...generated('http')],
      },
      {
        text: 'TypeScript',
        collapsed: true,
        items: JSON.parse(readFileSync(reference('typescript/sidebar.json'), 'utf8')) as Items,
      },
      { text: 'Events', link: '/reference/events' },
      { text: 'Behaviours', link: '/reference/conformance' },
    ],
  },
});
