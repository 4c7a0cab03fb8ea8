import { css } from 'lit';

export const listStyles = css`
  .list-pane {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    border-inline-end: 1px solid var(--_line);
    background: var(--_page);
    container-type: inline-size;
  }
  .connection {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    padding: 3px 11px 3px 9px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    color: var(--_muted);
    font-size: var(--_size-small);
    white-space: nowrap;
  }
  .connection .dot {
    flex: none;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_success);
  }
  .connection.waiting .dot {
    background: none;
    border: 2px solid var(--_warning);
  }
  .connection.bad {
    border-color: color-mix(in oklab, var(--_danger) 40%, transparent);
    color: var(--_danger);
  }
  .connection.bad .dot {
    background: var(--_danger);
  }
  .connection-notice {
    margin: 0 12px 8px;
  }
  .connection-notice .link-button {
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 3px;
  }

  .tabs {
    flex: none;
    display: flex;
    gap: 2px;
    padding: 8px 8px 0;
    margin-block-end: 8px;
    border-block-end: 1px solid var(--_line);
  }
  .tab {
    flex: 1 1 auto;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 5px;
    min-inline-size: 0;
    block-size: 38px;
    padding: 0 5px 6px;
    border: 0;
    background: none;
    color: var(--_muted);
    font-size: calc(var(--_size) - 0.5px);
    font-weight: 550;
    white-space: nowrap;
    cursor: pointer;
    box-shadow: inset 0 -2px 0 transparent;
    transition:
      color var(--_motion),
      box-shadow var(--_motion);
  }
  .tab:hover {
    color: var(--_text);
  }
  .tab[aria-selected='true'] {
    color: var(--_accent-text);
    box-shadow: inset 0 -2px 0 var(--_accent);
  }
  .tab:focus-visible {
    outline-offset: -3px;
    border-radius: 6px;
  }
  .count {
    flex: none;
    min-inline-size: 19px;
    padding: 0 5px;
    border-radius: 999px;
    background: var(--_chip);
    color: var(--_muted);
    font-size: var(--_size-tiny);
    font-weight: 650;
    line-height: 19px;
    text-align: center;
  }
  .count.mine {
    background: var(--_accent);
    color: var(--_accent-ink);
  }
  /* The title, the state in words and the button do not fit: what is wrong is said in the notice below. */
  @container (inline-size < 330px) {
    .connection {
      flex: none;
      inline-size: 16px;
      padding: 4px;
      border: 0;
      overflow: hidden;
    }
  }
  @container (inline-size < 350px) {
    .tabs {
      padding-inline: 4px;
      gap: 0;
    }
    .tab {
      padding-inline: 3px;
      gap: 3px;
      font-size: var(--_size-small);
    }
    .tab .count {
      min-inline-size: 16px;
      padding-inline: 4px;
      line-height: 16px;
    }
  }
  /* No room beside the name: the number stands on its shoulder. */
  @container (inline-size < 315px) {
    .tab {
      position: relative;
      padding: 10px 5px 5px;
    }
    .tab .count {
      position: absolute;
      inset-block-start: -4px;
      inset-inline-end: 0;
      line-height: 15px;
    }
  }

  .list-panel {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    overflow: hidden;
  }
  .rows {
    flex: 1;
    min-block-size: 0;
    outline-offset: -2px;
  }
  .page-problem {
    flex: none;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 9px 16px;
    border-block-start: 1px solid var(--_line);
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .rows:focus-visible {
    outline: none;
  }
  .row {
    --_row: var(--_page);
    position: relative;
    display: flex;
    gap: 12px;
    padding: 11px 16px 11px;
    background: var(--_row);
    cursor: pointer;
  }
  .row:hover {
    --_row: color-mix(in oklab, var(--_text) 4%, var(--_page));
  }
  .row.selected {
    --_row: var(--_accent-soft);
    box-shadow: inset 3px 0 0 var(--_accent);
  }
  .row.selected:dir(rtl) {
    box-shadow: inset -3px 0 0 var(--_accent);
  }
  .rows:focus-visible .row.active {
    outline: 2px solid var(--_accent);
    outline-offset: -3px;
    border-radius: 6px;
  }
  .row-text {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    gap: 1px;
    align-content: center;
  }
  .row-line {
    display: flex;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
  }
  .row-name {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 550;
  }
  .row.unread .row-name {
    font-weight: 650;
  }
  .row-time {
    flex: none;
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .row-preview {
    flex: 1;
    display: flex;
    align-items: center;
    gap: 4px;
    min-inline-size: 0;
    color: var(--_muted);
    font-size: calc(var(--_size) - 0.5px);
  }
  .row-preview > .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .row.unread .row-preview {
    color: var(--_text);
  }
  .list-pane h2,
  .ellipsis {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .row-chips {
    margin-block-start: 5px;
    /* One line: the last ones, which matter least, are left out where there is no room. */
    --_line-of-chips: calc(var(--_size-tiny) * 1.55 + 2px);
    block-size: var(--_line-of-chips);
    overflow: hidden;
  }
  /* Two that both press do not fit on one. */
  @container (inline-size < 340px) {
    .row-chips:has(.numeric ~ .numeric) {
      block-size: calc(2 * var(--_line-of-chips) + 5px);
    }
  }
  .row-chips .chip:not(.state, .warning, .numeric) {
    max-inline-size: 13em;
  }

  .row.skeleton {
    cursor: default;
    background: none;
  }
  .skeleton .row-text {
    gap: 9px;
  }
  .avatar-bone {
    flex: none;
    inline-size: 40px;
    block-size: 40px;
  }
  .name-bone {
    inline-size: 52%;
  }
  .text-bone {
    inline-size: 78%;
    block-size: 9px;
  }
  .b1 {
    max-inline-size: 44%;
  }
  .b2 {
    max-inline-size: 62%;
  }
  @media (forced-colors: active) {
    .row.selected {
      outline: 2px solid Highlight;
      outline-offset: -3px;
    }
    .count {
      border: 1px solid;
    }
  }
`;
