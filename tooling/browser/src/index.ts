export { browserPath, launchBrowser, testBrowser, type TestBrowser } from './browser.ts';
export { createLeakWatch, type LeakWatch } from './leak-watch.ts';
