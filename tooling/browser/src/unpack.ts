// Runs as a process of its own, because where Chromium is unpacked to is decided by TMPDIR alone.
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
