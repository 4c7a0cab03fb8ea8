import { css } from 'lit';

/** A dialog; travels with the part that opens it. */
export const dialogStyles = css`
  dialog {
    inline-size: min(440px, calc(100vw - 32px));
    max-block-size: min(640px, calc(100dvh - 32px));
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: 16px;
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    overflow: hidden;
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
    animation: prosa-rise var(--_motion) ease-out;
  }
  dialog::backdrop {
    background: var(--_backdrop, rgb(0 0 0 / 40%));
  }
  .dialog-head {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 16px 12px 4px 20px;
  }
  .dialog-head h2 {
    flex: 1;
    min-inline-size: 0;
    font-size: calc(var(--_size) + 2px);
  }
  .dialog-body {
    display: grid;
    gap: 14px;
    padding: 8px 20px 16px;
    overflow-y: auto;
    min-block-size: 0;
  }
  .dialog-foot {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    padding: 12px 20px;
    border-block-start: 1px solid var(--_line);
  }
  dialog form {
    display: contents;
  }

  @media (prefers-reduced-motion: reduce) {
    dialog[open] {
      animation: none;
    }
  }
`;
