import { spawn } from 'node:child_process';

/** Opens the address where a person sits in front of a screen; anywhere else nothing happens. */
export function openBrowser(url: string): void {
  const command = commandFor(process.platform);
  if (!command || !process.stdout.isTTY) return;
  const [program, ...args] = command;
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  // The address has been printed: who has no browser opens it elsewhere.
  child.on('error', () => undefined);
  child.unref();
}

function commandFor(platform: NodeJS.Platform): readonly [string, ...string[]] | null {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['cmd', '/c', 'start', ''];
  return process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] ? ['xdg-open'] : null;
}
