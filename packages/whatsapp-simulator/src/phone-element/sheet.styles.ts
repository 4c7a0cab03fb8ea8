import { css } from 'lit';

/** The sheet of a list message. */
export const sheetStyles = css`
  .sheet-layer {
    position: absolute;
    inset: 0;
    display: grid;
    align-items: end;
  }

  .scrim {
    position: absolute;
    inset: 0;
    background: rgb(0 0 0 / 45%);
    animation: appear 160ms ease-out;
  }

  .sheet {
    position: relative;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    max-block-size: 86%;
    min-block-size: 0;
    border-start-start-radius: 22px;
    border-start-end-radius: 22px;
    background: var(--glass);
    box-shadow: 0 -8px 30px rgb(0 0 0 / 22%);
    animation: rise 180ms cubic-bezier(0.2, 0.8, 0.3, 1);
  }

  .sheet::before {
    content: '';
    position: absolute;
    inset-block-start: 7px;
    inset-inline: 0;
    inline-size: 36px;
    block-size: 4px;
    margin-inline: auto;
    border-radius: 4px;
    background: var(--line);
  }

  .sheet-head {
    display: grid;
    grid-template-columns: 44px minmax(0, 1fr) 44px;
    align-items: center;
    padding: 16px 10px 6px;
  }

  .sheet-head h2 {
    margin: 0;
    font-size: 16px;
    font-weight: 650;
    text-align: center;
    overflow-wrap: anywhere;
  }

  .sheet-close {
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border: 0;
    border-radius: 50%;
    font-size: 20px;
    color: var(--quiet);
    background: none;
    cursor: pointer;
  }

  .sheet-form {
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    min-block-size: 0;
    padding-block-end: 18px;
  }

  .rows {
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    padding-inline: 20px;
  }

  .section-title {
    padding-block: 14px 4px;
    font-size: 13px;
    font-weight: 650;
    color: var(--accent);
  }

  .row {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 14px;
    min-block-size: 52px;
    padding-block: 9px;
    cursor: pointer;
  }

  .row + .row {
    border-block-start: 1px solid var(--line);
  }

  .row-words {
    display: grid;
    overflow-wrap: anywhere;
  }

  .row-title {
    font-size: 15px;
  }

  .row-detail {
    font-size: 12.5px;
    color: var(--quiet);
  }

  .row input {
    appearance: none;
    inline-size: 22px;
    block-size: 22px;
    margin: 0;
    border: 2px solid var(--quiet);
    border-radius: 50%;
    cursor: pointer;
  }

  .row input:checked {
    border-color: var(--accent);
    background: radial-gradient(circle, var(--accent) 0 5px, transparent 5.6px);
  }

  .row input:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 3px;
  }

  .sheet-send {
    min-block-size: 46px;
    margin: 12px 20px 0;
    border: 0;
    border-radius: 999px;
    font: inherit;
    font-size: 15px;
    font-weight: 650;
    color: var(--on-accent);
    background: var(--accent);
    cursor: pointer;
  }

  .sheet-send:focus-visible {
    outline-offset: 2px;
  }

  .sheet-send:disabled {
    color: var(--quiet);
    background: var(--line);
    cursor: default;
  }

  @media (forced-colors: active) {
    .row input {
      appearance: auto;
    }
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  @keyframes rise {
    from {
      transform: translateY(100%);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .scrim,
    .sheet {
      animation: none;
    }
  }
`;
