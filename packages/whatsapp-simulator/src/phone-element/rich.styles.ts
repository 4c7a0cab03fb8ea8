import { css } from 'lit';

/** Templates, buttons and quotes. */
export const richStyles = css`
  .rich {
    inline-size: min(82%, 300px);
  }

  .title {
    font-weight: 650;
    font-size: 15px;
    margin-block-end: 2px;
  }

  .footer {
    margin-block-start: 3px;
    font-size: 12.5px;
    color: var(--faint);
  }

  .rich > .picture,
  .rich > .file {
    inline-size: calc(100% + 10px);
    max-inline-size: none;
    margin: -1px -5px 6px;
  }

  .actions {
    display: grid;
    margin: 6px -9px -5px;
    border-end-end-radius: 14px;
    border-end-start-radius: 4px;
    overflow: hidden;
  }

  .action {
    display: flex;
    justify-content: center;
    align-items: center;
    gap: 7px;
    min-block-size: 44px;
    padding: 6px 12px;
    border: 0;
    border-block-start: 1px solid var(--seam);
    font: inherit;
    font-weight: 600;
    text-align: center;
    text-decoration: none;
    color: var(--accent);
    background: none;
    cursor: pointer;
    transition: background-color 140ms;
  }

  .action:last-child {
    border-end-end-radius: 14px;
    border-end-start-radius: 4px;
  }

  .action svg {
    flex: none;
    font-size: 17px;
  }

  .action:not(.idle, [aria-disabled='true']):hover {
    background: color-mix(in srgb, var(--accent) 8%, transparent);
  }

  a.action:focus-visible,
  .quote:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }

  .action.idle,
  .action[aria-disabled='true'] {
    color: var(--faint);
    cursor: default;
  }

  .action[aria-disabled='true'] {
    opacity: 0.72;
  }

  .quote {
    display: grid;
    margin: 0 -4px 4px;
    padding: 5px 9px;
    border: 0;
    border-inline-start: 4px solid var(--accent);
    border-radius: 8px;
    font: inherit;
    font-size: 12.5px;
    text-align: start;
    color: var(--faint);
    background: light-dark(rgb(0 0 0 / 5%), rgb(0 0 0 / 20%));
    cursor: pointer;
  }

  .quote.own {
    border-inline-start-color: var(--read);
  }

  .quote-author {
    font-weight: 650;
    color: var(--quoted);
  }

  .quote-line {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    white-space: pre-line;
  }

  .pointed {
    box-shadow: 0 0 0 2px var(--accent);
  }

  @media (prefers-reduced-motion: reduce) {
    .action {
      transition: none;
    }
  }
`;
