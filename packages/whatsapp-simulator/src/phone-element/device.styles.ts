import { css } from 'lit';

/** The device, its bars and its lock screen. */
export const deviceStyles = css`
  :host {
    display: block;
    --ink: light-dark(#16211d, #e8edeb);
    --quiet: light-dark(#56635e, #9fb0a9);
    /* Small words on a bubble of either colour. */
    --faint: light-dark(#4d5a55, #a9b9b2);
    --quoted: light-dark(#08583f, #6fe0b6);
    --glass: light-dark(#ffffff, #16201c);
    --bar: light-dark(#f4f7f5, #121a17);
    --wall: light-dark(#e9efe9, #0d1411);
    --mine: light-dark(#d5f2d8, #14483a);
    --theirs: light-dark(#ffffff, #1f2b27);
    --accent: light-dark(#0b7a57, #3ecf9a);
    --on-accent: light-dark(#ffffff, #04241a);
    --read: light-dark(#0a6ebd, #63b3f5);
    --edge: light-dark(#101614, #2a332f);
    --line: light-dark(#dfe6e1, #26332d);
    /* Between what stands on a bubble. */
    --seam: light-dark(#e3e9e5, #35463f);
    font-size: 14px;
    line-height: 1.4;
    color: var(--ink);
    block-size: 100%;
    min-block-size: 480px;
  }

  :host([hidden]) {
    display: none;
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }

  * {
    box-sizing: border-box;
  }

  p,
  ol,
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  svg {
    inline-size: 1em;
    block-size: 1em;
    display: block;
  }

  .device {
    block-size: 100%;
    padding: 10px;
    border-radius: 46px;
    background: var(--edge);
    box-shadow:
      0 0 0 1.5px light-dark(#3b4541, #3d4944),
      0 18px 44px rgb(0 0 0 / 22%);
  }

  .screen {
    position: relative;
    block-size: 100%;
    overflow: hidden;
    border-radius: 37px;
    background: var(--glass);
  }

  .page {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr) auto auto auto;
    block-size: 100%;
  }

  .page.dark {
    grid-template-rows: auto minmax(0, 1fr) auto;
    color: #f2f7f4;
    background: radial-gradient(120% 80% at 20% 0%, #1d6b57, #0b2f2a 55%, #071d1b);
  }

  .status {
    display: flex;
    justify-content: space-between;
    padding: 10px 24px 4px;
    font-size: 13px;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    background: var(--bar);
  }

  .dark .status {
    background: none;
  }

  .status-icons {
    display: flex;
    gap: 5px;
    align-items: center;
    font-size: 15px;
  }

  .head {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 8px 16px 10px;
    background: var(--bar);
    border-block-end: 1px solid var(--line);
  }

  .avatar {
    display: grid;
    place-items: center;
    inline-size: 38px;
    block-size: 38px;
    border-radius: 50%;
    font-weight: 650;
    font-size: 16px;
    color: var(--on-accent);
    background: var(--accent);
  }

  .who {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    padding: 2px 6px;
    border: 0;
    border-radius: 8px;
    font: inherit;
    text-align: start;
    color: inherit;
    background: none;
    cursor: pointer;
  }

  .name {
    display: flex;
    align-items: center;
    gap: 4px;
    font-weight: 650;
    font-size: 15px;
  }

  .verified {
    color: var(--read);
    font-size: 16px;
  }

  .quiet {
    color: var(--quiet);
    font-size: 12px;
  }

  .home {
    position: relative;
    padding: 4px 0 9px;
    border: 0;
    font: inherit;
    font-size: 11.5px;
    color: var(--quiet);
    background: var(--bar);
    cursor: pointer;
  }

  .dark .home {
    color: #cfe0d9;
    background: none;
  }

  .home::after {
    content: '';
    display: block;
    inline-size: 112px;
    block-size: 4px;
    margin: 5px auto 0;
    border-radius: 4px;
    background: currentColor;
    opacity: 0.65;
  }

  .lock {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 2px;
    padding: 26px 16px;
    min-block-size: 0;
    overflow-y: auto;
  }

  .lock-icon {
    font-size: 18px;
  }

  .lock-time {
    font-size: 62px;
    line-height: 1.1;
    font-weight: 300;
    font-variant-numeric: tabular-nums;
  }

  .lock-date {
    font-size: 15px;
  }

  .notes {
    display: grid;
    gap: 8px;
    inline-size: 100%;
    margin-block-start: auto;
  }

  .lock-quiet {
    text-align: center;
    color: #cfe0d9;
    font-size: 13px;
  }

  .note {
    display: grid;
    padding: 10px 14px;
    border-radius: 16px;
    background: rgb(255 255 255 / 16%);
  }

  .note-head {
    display: flex;
    justify-content: space-between;
    font-size: 12.5px;
  }

  .note-text {
    overflow: hidden;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow-wrap: anywhere;
  }
`;
