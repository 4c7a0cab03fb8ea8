import { css } from 'lit';

/** Rows of a dialog of which one is chosen. */
export const choiceStyles = css`
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .choices {
    max-block-size: 268px;
    margin-inline: -8px;
    padding-inline: 8px;
  }
  .choices fieldset + fieldset {
    margin-block-start: 10px;
  }
  .choices legend {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    inline-size: 100%;
    padding-block: 2px 4px;
    background: var(--_surface);
    color: var(--_muted);
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 7px 10px;
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .choice:hover {
    background: var(--_hover);
  }
  .choice:has(:checked),
  .choice[aria-selected='true'] {
    background: var(--_accent-soft);
  }
  .choice:has(:focus-visible),
  .choice.active {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .choice input {
    flex: none;
    inline-size: 17px;
    block-size: 17px;
    margin: 0;
    accent-color: var(--_accent);
    outline: none;
  }
  .choice-text {
    flex: 1;
    min-inline-size: 0;
    display: grid;
  }
  .choice-name {
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .choice-detail {
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .outcomes {
    margin-inline: -10px;
  }
  .outcomes legend {
    padding: 0 10px 6px;
  }
  .outcomes .choice {
    align-items: flex-start;
  }
  .outcomes .choice input {
    margin-block-start: 3px;
  }
`;
