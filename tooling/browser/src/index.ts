export { browserPath, launchBrowser, testBrowser, type TestBrowser } from './browser.ts';
