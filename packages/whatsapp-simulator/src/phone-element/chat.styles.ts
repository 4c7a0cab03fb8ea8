import { css } from 'lit';

/** The conversation and where one types. */
export const chatStyles = css`
  .chat {
    display: flex;
    flex-direction: column;
    gap: 4px;
    padding: 12px;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    background: var(--wall);
  }

  .chat > :first-child {
    margin-block-start: auto;
  }

  .chat:focus-visible,
  .cards:focus-visible,
  textarea:focus-visible,
  button:focus-visible,
  .attach:focus-within {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }

  .hint,
  .day {
    align-self: center;
    padding: 4px 12px;
    border-radius: 999px;
    font-size: 12px;
    color: var(--quiet);
    background: var(--theirs);
  }

  .hint {
    margin-block-end: auto;
    border-radius: 14px;
    padding: 10px 14px;
    max-inline-size: 240px;
    text-align: center;
  }

  .day {
    margin-block: 8px;
  }

  .bubble {
    position: relative;
    display: grid;
    max-inline-size: 82%;
    padding: 6px 9px 5px;
    border-radius: 14px;
    overflow-wrap: anywhere;
    box-shadow: 0 1px 1px rgb(0 0 0 / 6%);
  }

  .mine {
    align-self: flex-end;
    background: var(--mine);
    border-end-end-radius: 4px;
  }

  .theirs {
    align-self: flex-start;
    background: var(--theirs);
    border-end-start-radius: 4px;
  }

  .text {
    white-space: pre-wrap;
  }

  .text a {
    color: var(--read);
  }

  code {
    font-size: 0.92em;
  }

  .meta {
    display: flex;
    justify-content: flex-end;
    align-items: center;
    gap: 3px;
    margin-block-start: 1px;
    font-size: 11px;
    color: var(--faint);
    font-variant-numeric: tabular-nums;
  }

  .ticks {
    font-size: 16px;
  }

  .ticks.read {
    color: var(--read);
  }

  .forwarded {
    display: flex;
    align-items: center;
    gap: 4px;
    font-size: 12px;
    font-style: italic;
    color: var(--faint);
  }

  .faint {
    font-style: italic;
    color: var(--faint);
  }

  .bubble:has(.reactions) {
    margin-block-end: 14px;
  }

  .more {
    position: absolute;
    inset-block-start: 3px;
    inset-inline-end: 3px;
    display: grid;
    place-items: center;
    inline-size: 26px;
    block-size: 26px;
    border: 0;
    border-radius: 50%;
    font-size: 16px;
    color: var(--faint);
    background: inherit;
    opacity: 0;
    cursor: pointer;
    transition: opacity 120ms;
  }

  .bubble:hover > .more,
  .more:focus-visible {
    opacity: 1;
  }

  .bare {
    padding: 2px;
    background: none;
    box-shadow: none;
  }

  .bare .meta {
    justify-self: end;
    padding: 1px 7px;
    border-radius: 999px;
    background: var(--theirs);
  }

  .sticker {
    display: block;
    inline-size: 132px;
    block-size: 132px;
    object-fit: contain;
  }

  .reactions {
    position: absolute;
    inset-block-end: -13px;
    inset-inline-end: 8px;
    padding: 0 6px;
    border-radius: 999px;
    background: var(--theirs);
    box-shadow: 0 1px 3px rgb(0 0 0 / 18%);
  }

  .mine > .reactions {
    inset-inline: 8px auto;
  }

  .picture {
    display: block;
    min-inline-size: 120px;
    max-inline-size: 100%;
    max-block-size: 240px;
    border-radius: 10px;
    object-fit: cover;
    background: var(--line);
  }

  audio {
    inline-size: 230px;
    max-inline-size: 100%;
    block-size: 40px;
  }

  .file {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    column-gap: 8px;
    padding: 8px;
    border-radius: 10px;
    color: inherit;
    text-decoration: none;
    background: light-dark(rgb(0 0 0 / 5%), rgb(255 255 255 / 7%));
  }

  .file-icon {
    grid-row: span 2;
    font-size: 30px;
    color: #d4483b;
  }

  .file-name {
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .failed {
    padding: 8px 14px;
    font-size: 13px;
    color: light-dark(#a3211a, #f2a29b);
    background: var(--bar);
  }
`;
