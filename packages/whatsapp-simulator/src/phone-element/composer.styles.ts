import { css } from 'lit';

/** Where one types, attaches and speaks. */
export const composerStyles = css`
  .composer {
    display: grid;
    grid-template-columns: auto auto minmax(0, 1fr) auto auto;
    align-items: end;
    gap: 2px;
    padding: 8px 6px;
    background: var(--bar);
    border-block-start: 1px solid var(--line);
  }

  .attach,
  .send {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 38px;
    block-size: 40px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    font-size: 21px;
    color: var(--quiet);
    background: none;
    cursor: pointer;
  }

  .attach {
    position: relative;
  }

  .attach input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    opacity: 0;
    cursor: pointer;
  }

  .send {
    inline-size: 40px;
    margin-inline-start: 4px;
    color: var(--on-accent);
    background: var(--accent);
    font-size: 19px;
  }

  .send:focus-visible {
    outline-offset: 2px;
  }

  textarea {
    min-inline-size: 0;
    min-block-size: 40px;
    max-block-size: 110px;
    margin-inline: 2px;
    padding: 9px 12px;
    resize: none;
    field-sizing: content;
    border: 1px solid var(--line);
    border-radius: 20px;
    font: inherit;
    color: inherit;
    background: var(--glass);
  }

  textarea::placeholder {
    color: var(--quiet);
    opacity: 1;
  }

  .aim {
    grid-column: 1 / -1;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    margin: 0 4px 6px;
    padding: 6px 4px 6px 10px;
    border-inline-start: 4px solid var(--accent);
    border-radius: 8px;
    background: var(--glass);
  }

  .aim-words {
    display: grid;
    font-size: 12.5px;
    color: var(--quiet);
  }

  .aim-drop {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border: 0;
    border-radius: 50%;
    font-size: 17px;
    color: var(--quiet);
    background: none;
    cursor: pointer;
  }

  .recording {
    grid-column: 2 / 5;
    align-self: center;
    display: flex;
    align-items: center;
    gap: 8px;
    padding-inline-start: 6px;
    font-variant-numeric: tabular-nums;
  }

  .recording-dot {
    inline-size: 10px;
    block-size: 10px;
    border-radius: 50%;
    background: light-dark(#c62f2f, #ff7a70);
    animation: pulse 1.2s ease-in-out infinite;
  }

  @keyframes pulse {
    50% {
      opacity: 0.25;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .recording-dot {
      animation: none;
    }
  }
`;
